import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildIsCurrent } from './setup/built.mjs'
import { complaintAboutNode } from './setup/node-version.mjs'
import { openBrowser } from './setup/open-browser.mjs'
import { runningSandbox } from './setup/running-sandbox.mjs'
import { ensurePackages, packagesAreCurrent } from './setup/packages.mjs'
import { startProgressServer } from './setup/progress-server.mjs'
import { passOnSignals, run } from './setup/run.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const port = Number(process.env.HALLPASS_SANDBOX_PORT || 4747)
const steps = [
  { name: 'Packages', state: 'waiting', detail: '' },
  { name: 'Build', state: 'waiting', detail: '' },
  { name: 'Embedded workspace', state: 'waiting', detail: '' },
]

process.exitCode = await start(process.argv.slice(2))

async function start(args) {
  const complaint = complaintAboutNode()
  if (complaint) return fail(complaint)
  const running = await runningSandbox(process.env)
  if (running) return fail(runningSentence(running))
  passOnSignals()
  const server = await startProgressServer(port, () => ({ ready: false, steps })).catch((error) => error)
  if (server instanceof Error) return fail(portSentence(server))
  const url = `http://127.0.0.1:${server.port}`
  console.log(`Hallpass: ${url} shows how far it is.`)
  openBrowser(url, { wanted: !args.includes('--no-open') })
  const code = await prepare()
  await server.close()
  if (code !== 0) return code
  const passedOn = args.filter((argument) => argument !== '--no-open')
  return run(process.execPath, [join(root, 'dist', 'cli.js'), 'sandbox', ...passedOn], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
}

async function prepare() {
  const packages = await step(0, packagesAreCurrent(root) ? 'Already there.' : 'npm ci.', () =>
    ensurePackages(root, console.log),
  )
  if (packages !== 0) return packages
  return step(1, buildIsCurrent(root) ? 'Up to date.' : 'Compiling.', () =>
    run(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root }),
  )
}

async function step(index, detail, work) {
  const began = Date.now()
  steps[index] = { ...steps[index], state: 'running', detail }
  const seconds = () => Math.round((Date.now() - began) / 1000)
  const ticking = setInterval(() => {
    steps[index] = { ...steps[index], detail: `${detail} ${seconds()} s so far.` }
  }, 1000)
  const code = await work().finally(() => clearInterval(ticking))
  steps[index] = { ...steps[index], state: code === 0 ? 'done' : 'failed', detail: `${seconds()} s.` }
  return code
}

function portSentence(error) {
  if (error.code !== 'EADDRINUSE') return `The page could not be started on port ${port}: ${error.message}.`
  return (
    `Port ${port} is in use, perhaps by an embedded workspace of another folder. ` +
    `Stop it, or choose another port: HALLPASS_SANDBOX_PORT=${port + 1} npm start`
  )
}

function runningSentence({ page, stateFolder }) {
  const taken = Number(new URL(page).port)
  return (
    `Hallpass runs already: ${page}\nStop that one, or give this one a folder and a port of its own:\n` +
    `HALLPASS_SANDBOX_STATE_DIR=${stateFolder}-2 HALLPASS_SANDBOX_PORT=${port === taken ? taken + 1 : port} npm start`
  )
}

function fail(sentence) {
  console.error(sentence)
  return 1
}
