import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What tests look at in an interaction's payload. */
type Payload = {
  readonly type: string
  readonly user: object
  readonly response_url: string
  readonly is_cleared?: boolean
}

export type Received = {
  readonly form: Readonly<Record<string, string>>
  readonly payload: Payload
}

/** Answers a request of Slack; what it returns is sent as JSON, a string as text, nothing as an empty 200. */
export type Handler = (received: Received, response: ServerResponse) => unknown

const genuine = (request: IncomingMessage, body: string, secret: string): boolean => {
  const timestamp = String(request.headers['x-slack-request-timestamp'])
  const expected = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
  const given = String(request.headers['x-slack-signature'])
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected))
}

const silent: Handler = () => undefined

/** An app without any framework, which takes only what is signed and typed as Slack's requests are. */
export const startTinyApp = async (secret: string) => {
  const received: Received[] = []
  let handler: Handler = silent
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request)
    const plainForm = request.headers['content-type'] === 'application/x-www-form-urlencoded'
    if (!plainForm || !genuine(request, body, secret)) {
      response.writeHead(plainForm ? 401 : 415).end()
      return
    }
    const form = Object.fromEntries(new URLSearchParams(body))
    const entry: Received = {
      form,
      payload: JSON.parse(form['payload'] ?? 'null') as Payload,
    }
    received.push(entry)
    const result = await handler(entry, response)
    if (response.writableEnded) return
    if (typeof result === 'object') response.writeHead(200, { 'content-type': 'application/json' })
    response.end(typeof result === 'object' ? JSON.stringify(result) : result)
  }
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    received,
    last: (): Received => {
      const entry = received.at(-1)
      if (entry === undefined) throw new Error('The app has received nothing')
      return entry
    },
    on: (next: Handler): void => {
      handler = next
    },
    close: async (): Promise<void> => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
