import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import { step } from './start-step.ts'

/** Where a server listens. `mend` says what to check when it can't; the certificate and its key are texts or files. */
export type Place = {
  readonly host: string
  readonly port: number
  readonly cert?: string | undefined
  readonly key?: string | undefined
  readonly mend: string
}

/** Longer than an answer takes; milliseconds. */
const lastAnswers = 1_000

/** Answers requests at a place: over TLS where it has a certificate. Resolves when it listens. */
export async function openServer(
  answer: (request: Request) => Response | Promise<Response>,
  { host, port, mend, ...tls }: Place,
): Promise<{ readonly stop: () => Promise<void> }> {
  const server = createAdaptorServer({ fetch: answer, ...tlsOf(tls) })
  await step(`Can't listen at ${host}:${port}: ${mend}`, async () => {
    server.listen(port, host)
    await once(server, 'listening')
  })
  return {
    // Clients keep their connections: what is being answered is finished, then they are ended.
    async stop() {
      const closed = once(server, 'close')
      server.close()
      await Promise.race([closed, sleep(lastAnswers)])
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
    },
  }
}

function tlsOf({ cert, key }: Pick<Place, 'cert' | 'key'>) {
  if (cert === undefined || key === undefined) return {}
  return { createServer, serverOptions: { cert: pem(cert), key: pem(key) } }
}

/** The text itself, or the file that it names. */
function pem(value: string): string {
  return value.includes('-----BEGIN') ? value : readFileSync(value, 'utf8')
}
