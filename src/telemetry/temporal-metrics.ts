import { once } from 'node:events'
import { createServer } from 'node:net'
import type { RuntimeOptions } from '@temporalio/worker'
import { exposition, gauge } from './exposition.ts'

/** So long Temporal's core may take to answer on this machine; milliseconds. */
const patience = 1_000

const name = 'hallpass_temporal_metrics_up'
const help = "Whether Temporal's core gave its metrics at this scrape."

/** The metrics of Temporal's core: how the runtime is told to offer them, and their text. */
export type TemporalMetrics = {
  readonly options: NonNullable<RuntimeOptions['telemetryOptions']>
  readonly text: () => Promise<string>
}

/**
 * Temporal's core offers its metrics at a port of its own only. It gets one that nobody else reaches, and the scrape hands its
 * text on: operators have one door for each process.
 */
export async function createTemporalMetrics(): Promise<TemporalMetrics> {
  const bindAddress = `127.0.0.1:${await freePort()}`
  return {
    options: {
      metrics: {
        prometheus: {
          bindAddress,
          countersTotalSuffix: true,
          unitSuffix: true,
          useSecondsForDurations: true,
        },
      },
    },
    async text() {
      const text = await read(`http://${bindAddress}/metrics`).catch(() => undefined)
      return `${exposition([gauge(name, help, text === undefined ? 0 : 1)])}${text ?? ''}`
    },
  }
}

async function read(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(patience) })
  if (!response.ok) throw new Error('no metrics')
  return response.text()
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('No free port on this machine.')
  return address.port
}
