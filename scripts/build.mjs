import { chmodSync, cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildHash, buildIsCurrent, stampBuild } from './setup/built.mjs'
import { packageBin, passOnSignals, run } from './setup/run.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')

passOnSignals()
process.exitCode = await build()

async function build() {
  if (buildIsCurrent(root)) {
    console.log('Build: dist/ is up to date.')
    return 0
  }
  console.log('Build: compiling src/ into dist/.')
  const hash = buildHash(root)
  rmSync(dist, { recursive: true, force: true })
  const code = await run(packageBin(root, 'tsc'), ['--noEmitOnError'], {
    cwd: root,
    shell: process.platform === 'win32',
  })
  if (code !== 0) return code
  copyWhatIsNotCompiled()
  await bundleWorkflows()
  chmodSync(join(dist, 'cli.js'), 0o755)
  stampBuild(root, hash)
  return 0
}

function copyWhatIsNotCompiled() {
  const from = join(root, 'src', 'sandbox')
  const to = join(dist, 'sandbox')
  cpSync(join(from, 'page'), join(to, 'page'), { recursive: true })
  for (const name of readdirSync(from)) if (name.endsWith('.yaml')) cpSync(join(from, name), join(to, name))
}

// A worker that bundles at its start needs a second more and the sources of the workflows beside it.
async function bundleWorkflows() {
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker')
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(dist, 'workflows', 'index.js'),
    failureConverterPath: join(dist, 'adapters', 'temporal', 'failure-converter.js'),
    logger: new DefaultLogger('WARN'),
  })
  writeFileSync(join(dist, 'workflow-bundle.js'), code)
}
