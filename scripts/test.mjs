import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { complaintAboutNode } from './setup/node-version.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { packageBin, passOnSignals, run } from './setup/run.mjs'
import { countTests } from './setup/tally.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const gates = [
  ['build', process.execPath, [join(root, 'scripts', 'build.mjs')]],
  ['format', packageBin(root, 'prettier'), ['--check', '.']],
  ['types', packageBin(root, 'tsc'), ['--noEmit']],
  ['types of the tests', packageBin(root, 'tsc'), ['--project', 'tsconfig.test.json']],
  ['lint', packageBin(root, 'oxlint'), ['--deny-warnings', '.']],
  ['dead code', packageBin(root, 'knip'), []],
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
  for (const [name, command, args] of gates) {
    const code = await timed(name, () => runHere(command, args))
    tally[code === 0 ? 'passed' : 'failed'] += 1
  }
  for (const [name, ...options] of suites) {
    const tests = await runTests(name, options)
    tally.passed += tests.passed
    tally.failed += tests.failed
  }
  console.log(`\n${tally.passed} passed, ${tally.failed} failed`)
  return tally.failed === 0 ? 0 : 1
}

async function runTests(name, options) {
  const folder = mkdtempSync(join(tmpdir(), 'hallpass-test-'))
  const report = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  try {
    const vitest = ['run', ...options, ...reporters]
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
  console.log(
    `< ${name}: ${code === 0 ? 'passed' : 'FAILED'} after ${((Date.now() - began) / 1000).toFixed(1)} s`,
  )
  return code
}

function runHere(command, args) {
  return run(command, args, { cwd: root, shell: process.platform === 'win32' })
}

function fail(sentence) {
  console.error(sentence)
  return 1
}
