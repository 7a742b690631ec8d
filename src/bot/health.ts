import { once } from 'node:events'
import { createServer } from 'node:http'

/** Answers `GET /healthz` and nothing else, where no other server of this program does. */
export function createHealth(isWell: () => boolean): {
  readonly listen: (port: number, host: string) => Promise<void>
  readonly close: () => Promise<void>
} {
  const server = createServer(({ method, url }, response) => {
    const isAsked = method === 'GET' && url === '/healthz'
    const status = isWell() ? 200 : 503
    response.writeHead(isAsked ? status : 404, { 'content-type': 'text/plain' })
    response.end(isAsked ? (status === 200 ? 'ok\n' : 'no connection to Slack\n') : '')
  })
  return {
    async listen(port, host) {
      server.listen(port, host)
      await once(server, 'listening')
    },
    async close() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
