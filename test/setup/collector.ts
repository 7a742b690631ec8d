import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

type Value = { readonly stringValue?: string; readonly intValue?: number }

/** A span as OTLP writes it in JSON. */
export type Span = {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly attributes: readonly { readonly key: string; readonly value: Value }[]
}

type Body = {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: Span[] }[] }[]
}

/** A collector of OpenTelemetry that keeps what it gets: the spans, and every byte. */
export async function startCollector() {
  const [spans, bytes, headers]: [Span[], Buffer[], (string | undefined)[]] = [[], [], []]
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request)
    bytes.push(body)
    headers.push(request.headers['x-collector-key']?.toString())
    const { resourceSpans } = JSON.parse(body.toString()) as Body
    for (const { scopeSpans } of resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }
  const server = createServer((request, response) => {
    void take(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    headers,
    text: () => Buffer.concat(bytes).toString(),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
