import { rmSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { clearLeftovers, runFolder } from '../setup/leftovers.ts'
import { findProductionServer, type ProductionServer } from './production-server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    productionServer: ProductionServer
  }
}

const say = (sentence: string): void => void process.stdout.write(`set-up: ${sentence}\n`)
const quiet = 15_000

/** Gets Temporal's production server, before anything is timed. */
export async function setup(project: TestProject): Promise<() => void> {
  for (const name of await clearLeftovers()) say(`ended ${name} of a run that was killed.`)
  const folder = runFolder()
  let last = Date.now()
  const ticks = (sentence: string): void => {
    if (Date.now() - last < quiet) return
    last = Date.now()
    say(sentence)
  }
  project.provide('folder', folder)
  project.provide('productionServer', await findProductionServer(say, ticks))
  return () => rmSync(folder, { recursive: true, force: true })
}
