import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'

/** At most this often is one page told about changes: 20 times a second. */
const quietMs = 50
const heartbeatMs = 15_000

type Events = Readonly<Record<string, unknown>>

/**
 * Streams server-sent events to one page: all of `snapshot` at once, then whatever of it is different after a change,
 * coalesced. Ends when the page goes away; nothing that was sent is kept, only its hash.
 */
export function streamEvents(
  response: ServerResponse,
  snapshot: () => Events,
  subscribe: (listener: () => void) => () => void,
): void {
  const sent = new Map<string, string>()
  let waiting: NodeJS.Timeout | undefined

  const send = (): void => {
    for (const [event, value] of Object.entries(snapshot())) {
      const data = JSON.stringify(value)
      const hash = createHash('sha256').update(data).digest('base64')
      if (sent.get(event) === hash) continue
      sent.set(event, hash)
      response.write(`event: ${event}\ndata: ${data}\n\n`)
    }
  }
  const schedule = (): void => {
    waiting ??= setTimeout(() => {
      waiting = undefined
      try {
        send()
      } catch {
        // A timer has no caller to tell; the page connects again and then gets an answer with a status.
        response.destroy()
      }
    }, quietMs)
  }

  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  send()
  const unsubscribe = subscribe(schedule)
  const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs)
  response.on('close', () => {
    unsubscribe()
    clearInterval(heartbeat)
    clearTimeout(waiting)
  })
}
