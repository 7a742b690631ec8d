import { join } from 'node:path'
import { hashOf, stampMatches, writeStamp } from './stamp.mjs'
import { run } from './run.mjs'

/** True when the installed packages are those of the lock file, for this major version of Node. */
export function packagesAreCurrent(root) {
  return stampMatches(stampFile(root), packagesHash(root))
}

/** Installs the packages of the lock file unless they are there; resolves to npm's exit code. */
export async function ensurePackages(root, say) {
  if (packagesAreCurrent(root)) {
    say('Packages: already those of package-lock.json.')
    return 0
  }
  say('Packages: installing them with npm ci (about a minute the first time).')
  const [command, ...first] = npm()
  const code = await run(command, [...first, 'ci', '--no-audit', '--no-fund'], { cwd: root })
  // The stamp lies inside node_modules, which npm ci empties first: half an installation has none.
  if (code === 0) writeStamp(stampFile(root), packagesHash(root))
  return code
}

function stampFile(root) {
  return join(root, 'node_modules', '.hallpass-installed')
}

function packagesHash(root) {
  const major = process.versions.node.split('.')[0]
  return hashOf(
    root,
    ['package.json', 'package-lock.json'],
    `node ${major} ${process.platform} ${process.arch}`,
  )
}

// npm names itself to the scripts it runs; on Windows the plain name is a .cmd file that spawn refuses.
function npm() {
  const self = process.env.npm_execpath
  return self?.endsWith('.js') ? [process.execPath, self] : ['npm']
}
