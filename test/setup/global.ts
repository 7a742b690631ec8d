import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../src/adapters/postgres/migrate.ts'
import { prepareDatabases } from '../../src/sandbox/databases.ts'
import { startPostgres } from '../../src/sandbox/postgres.ts'
import { recordingLaunch } from '../../src/sandbox/process-record.ts'
import { startTemporal } from '../../src/sandbox/temporal/server.ts'
import { resolveTemporal } from '../../src/sandbox/temporal/source.ts'
import { findBrowser } from './browser.ts'
import { findFreeRadius } from './freeradius.ts'
import { clearLeftovers, recordsOf, runFolder } from './leftovers.ts'
import { offered } from './offer.ts'

const say = (sentence: string): void => void process.stdout.write(`set-up: ${sentence}\n`)

/** Starts what the tests of one run share, in parallel, and stops it after the last one. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  for (const name of await clearLeftovers()) say(`ended ${name} of a run that was killed.`)
  const folder = runFolder()
  const stops: (() => Promise<void>)[] = []
  const [postgres, temporal, browser, freeradius] = await Promise.all([
    offered(postgresIn(folder, stops)),
    offered(temporalIn(folder, stops)),
    offered(findBrowser(say)),
    offered(findFreeRadius(say)),
  ])
  for (const offer of [postgres, temporal, browser, freeradius]) if (!offer.ok) say(`MISSING: ${offer.why}`)
  project.provide('folder', folder)
  project.provide('postgres', postgres)
  project.provide('temporal', temporal)
  project.provide('browser', browser)
  project.provide('freeradius', freeradius)
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
    rmSync(folder, { recursive: true, force: true })
  }
}

async function postgresIn(folder: string, stops: (() => Promise<void>)[]) {
  const began = Date.now()
  const logFile = join(folder, 'postgres.log')
  const postgres = await startPostgres({
    folder,
    launch: recordingLaunch(recordsOf(folder)),
    logFile,
    durable: false,
  })
  stops.push(postgres.stop)
  const { ownerUrl, programUrl, checkUrl } = await prepareDatabases(postgres)
  await migrate({ ownerUrl, installation: 'sandbox' })
  say(`PostgreSQL is ready after ${Date.now() - began} ms.`)
  return { superuserUrl: postgres.superuserUrl, ownerUrl, programUrl, checkUrl }
}

async function temporalIn(folder: string, stops: (() => Promise<void>)[]) {
  const signal = new AbortController().signal
  const source = await resolveTemporal({
    env: process.env,
    says: say,
    ticks: atMostEvery(15_000, say),
    signal,
  })
  say(`Temporal: ${source.why}.`)
  const began = Date.now()
  const namespace = 'hallpass-test'
  const logFile = join(folder, 'temporal.log')
  const server = await startTemporal({
    source,
    namespace,
    home: folder,
    launch: recordingLaunch(recordsOf(folder)),
    logFile,
  })
  stops.push(server.stop)
  say(`Temporal is ready after ${Date.now() - began} ms.`)
  return { address: server.address, namespace }
}

function atMostEvery(milliseconds: number, hear: (sentence: string) => void): (sentence: string) => void {
  let last = 0
  return (sentence) => {
    if (Date.now() - last < milliseconds) return
    last = Date.now()
    hear(sentence)
  }
}
