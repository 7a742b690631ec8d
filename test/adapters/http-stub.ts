import { createServer } from 'node:http'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Asked = {
  readonly method: string
  /** Path and query, percent-decoded. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** An object is sent as JSON, a text as it is; nothing at all closes the connection. */
export type Told =
  | {
      readonly status?: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: object | string
    }
  | undefined

/** A small HTTP server for one test file; it records what it was asked. */
export async function startStub(answer: (asked: Asked) => Told | Promise<Told>) {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        url: decodeURIComponent(request.url ?? ''),
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      }
      asked.push(one)
      void reply(response, answer(one))
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

async function reply(response: ServerResponse, answer: Told | Promise<Told>): Promise<void> {
  const told = await answer
  if (told === undefined) {
    response.destroy()
    return
  }
  const { status = 200, headers = {}, body = {} } = told
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}
