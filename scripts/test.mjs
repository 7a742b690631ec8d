import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { complaintAboutNode } from './setup/node-version.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { packageBin, passOnSignals, run } from './setup/run.mjs'
import { countTests } from './setup/tally.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
// The longest first: two go at a time. The build checks the types of what it compiles.
const gates = [
  { name: 'format', command: packageBin(root, 'prettier'), args: ['--check', '.'] },
  { name: 'build', command: process.execPath, args: [join(root, 'scripts', 'build.mjs')] },
  { name: 'lint', command: packageBin(root, 'oxlint'), args: ['--deny-warnings', '.'] },
  { name: 'types of the tests', command: packageBin(root, 'tsc'), args: ['--project', 'tsconfig.test.json'] },
  { name: 'dead code', command: packageBin(root, 'knip'), args: [] },
]
// The cluster comes last and alone: its server may have to be built first, and its many programs want the machine.
const suites = [['tests'], ['cluster', '--config', 'vitest.cluster.config.ts']]

process.exitCode = await test()

async function test() {
  const complaint = complaintAboutNode()
  if (complaint) return fail(complaint)
  passOnSignals()
  const packages = await timed('packages', () => ensurePackages(root, console.log))
  if (packages !== 0) return fail('npm ci failed, so nothing could be checked.\n0 passed, 1 failed')
  const tally = { passed: 1, failed: 0 }
  const codes = await passGates()
  tally.passed += codes.filter((code) => code === 0).length
  tally.failed += codes.filter((code) => code !== 0).length
  for (const [name, ...options] of suites) {
    const tests = await runTests(name, options)
    tally.passed += tests.passed
    tally.failed += tests.failed
  }
  console.log(`\n${tally.passed} passed, ${tally.failed} failed`)
  return tally.failed === 0 ? 0 : 1
}

/** Runs the gates, two at a time, and shows what each said when it is through; answers their exit codes. */
async function passGates() {
  const folder = mkdtempSync(join(tmpdir(), 'hallpass-gates-'))
  const left = gates.entries()
  const codes = []
  const lane = async () => {
    for (const [index, { name, command, args }] of left) {
      const file = join(folder, String(index))
      const output = openSync(file, 'w')
      const began = Date.now()
      const code = await runHere(command, args, ['ignore', output, output])
      closeSync(output)
      console.log(`\n> ${name}\n${readFileSync(file, 'utf8').trimEnd()}`)
      console.log(verdict(name, code, began))
      codes.push(code)
    }
  }
  try {
    await Promise.all([lane(), lane()])
    return codes
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runTests(name, options) {
  const folder = mkdtempSync(join(tmpdir(), 'hallpass-test-'))
  const report = join(folder, 'report.json')
  const reporters = ['default', 'json', './test/setup/second-tries.ts'].map(
    (reporter) => `--reporter=${reporter}`,
  )
  try {
    const vitest = ['run', ...options, ...reporters, `--outputFile.json=${report}`]
    const code = await timed(name, () => runHere(packageBin(root, 'vitest'), vitest))
    return countTests(code, readReport(report))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

async function timed(name, work) {
  console.log(`\n> ${name}`)
  const began = Date.now()
  const code = await work()
  console.log(verdict(name, code, began))
  return code
}

function verdict(name, code, began) {
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  return `< ${name}: ${code === 0 ? 'passed' : 'FAILED'} after ${seconds} s`
}

function runHere(command, args, stdio = 'inherit') {
  return run(command, args, { cwd: root, shell: process.platform === 'win32', stdio })
}

function fail(sentence) {
  console.error(sentence)
  return 1
}
