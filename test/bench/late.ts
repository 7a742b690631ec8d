import { once } from 'node:events'
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** A way to a server on which every answer takes a while longer. */
export type Late = {
  /** The address of something at the server, by this way. */
  readonly url: (address: string) => string
  /** From now on; milliseconds. */
  readonly by: (milliseconds: number) => void
  /** How often each method was called since this was asked last. */
  readonly calls: () => Readonly<Record<string, number>>
  readonly close: () => Promise<void>
}

/** Stands before an HTTP server as a network would that is far away. */
export async function openLate(origin: string): Promise<Late> {
  const target = new URL(origin)
  let delay = 0
  let counts: Record<string, number> = {}
  const pass = async (near: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const { method = 'GET', url: path = '/' } = near
    counts[method] = (counts[method] ?? 0) + 1
    if (delay > 0) await sleep(delay)
    const { hostname, port, host } = target
    const far = ask({ agent: false, hostname, port, method, path, headers: { ...near.headers, host } })
    near.pipe(far)
    const [response] = (await once(far, 'response')) as [IncomingMessage]
    answer.writeHead(response.statusCode ?? 502, response.headers)
    response.pipe(answer)
  }
  const server = createServer((near, answer) => {
    pass(near, answer).catch(() => answer.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: (there) => there.replace(target.origin, `http://127.0.0.1:${port}`),
    by: (milliseconds) => {
      delay = milliseconds
    },
    calls() {
      const before = counts
      counts = {}
      return before
    },
    async close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
