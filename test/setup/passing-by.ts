import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** A request as it passed by. */
type Passed = { readonly method: string; readonly path: string; readonly correlation: string }

const kept = ['authorization', 'content-type', 'accept', 'client-request-id'] as const

/** Hands requests on to a server, and keeps what their `client-request-id` was. */
export async function passBy(target: string) {
  const passed: Passed[] = []
  const server = createServer((request, response) => {
    const { method = 'GET', url: path = '/', headers } = request
    passed.push({ method, path, correlation: String(headers['client-request-id']) })
    void handOn(`${target}${path}`, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    passed,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function handOn(url: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', headers } = request
  const body = await buffer(request)
  const answer = await fetch(url, {
    method,
    headers: Object.fromEntries(
      kept.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])),
    ),
    body: body.length === 0 ? null : body,
  })
  const type = answer.headers.get('content-type')
  response.writeHead(answer.status, type === null ? {} : { 'content-type': type })
  response.end(Buffer.from(await answer.arrayBuffer()))
}
