import type { WebSocket } from 'ws'
import { acknowledgement } from './args.schema.ts'
import type { Envelope } from './envelope.ts'

/** How the app acknowledged an envelope, or that the connection ended before it did. */
type Acknowledged = { readonly is: 'answer'; readonly body: unknown } | { readonly is: 'gone' }

type Awaited = { readonly envelope: Envelope; readonly settle: (acknowledged: Acknowledged) => void }

const EVERY = 10_000

/** Slack breaks a connection off with this when the app does what it must not. */
const POLICY_VIOLATION = 1008

const isEmpty = (body: unknown): boolean =>
  body === undefined || (typeof body === 'object' && body !== null && Object.keys(body).length === 0)

/** One connection of the app. It says hello, sends envelopes and takes acknowledgements, each of which once. */
export class Connection {
  readonly #socket: WebSocket
  readonly #awaited = new Map<string, Awaited>()
  readonly #settled = new Set<string>()
  readonly #broken: (rule: string) => void
  /** Slack has announced its end. */
  isEnding = false

  constructor(socket: WebSocket, hello: object, broken: (rule: string) => void) {
    this.#socket = socket
    this.#broken = broken
    const pings = setInterval(() => socket.ping(), EVERY).unref()
    socket.on('message', (data: Buffer, isBinary) => this.#take(isBinary ? '' : data.toString('utf8')))
    socket.on('close', () => {
      clearInterval(pings)
      for (const { settle } of this.#awaited.values()) settle({ is: 'gone' })
      this.#awaited.clear()
    })
    socket.on('error', () => undefined)
    this.#say({ type: 'hello', ...hello })
  }

  isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN
  }

  /** Sends an envelope; resolves when it is acknowledged, or can't be any more. */
  deliver(envelope: Envelope, retry: number): Promise<Acknowledged> {
    if (!this.isOpen()) return Promise.resolve({ is: 'gone' })
    return new Promise((settle) => {
      this.#settled.delete(envelope.envelope_id)
      this.#awaited.set(envelope.envelope_id, { envelope, settle })
      this.#say({ ...envelope, ...(retry > 0 && { retry_attempt: retry, retry_reason: 'timeout' }) })
    })
  }

  /** Announces that this connection ends, and ends it a little later. */
  endSoon(reason: 'warning' | 'refresh_requested', after: number): void {
    this.isEnding = true
    this.#say({ type: 'disconnect', reason, debug_info: { host: 'applink-stand-in' } })
    setTimeout(() => this.#socket.close(1000), after).unref()
  }

  /** Ends it without a word. */
  cut(): void {
    this.#socket.terminate()
  }

  #say(frame: object): void {
    this.#socket.send(JSON.stringify(frame))
  }

  #take(text: string): void {
    const rule = this.#problemIn(text)
    if (rule === undefined) return
    this.#broken(rule)
    this.#socket.close(POLICY_VIOLATION, rule)
  }

  #problemIn(text: string): string | undefined {
    const read = acknowledgement.safeParse(parsed(text))
    if (!read.success) return 'not an acknowledgement'
    const { envelope_id: id, payload } = read.data
    const awaited = this.#awaited.get(id)
    if (awaited === undefined)
      return this.#settled.has(id) ? 'acknowledged twice' : 'acknowledged what was not sent'
    this.#awaited.delete(id)
    this.#settled.add(id)
    if (!isEmpty(payload) && !awaited.envelope.accepts_response_payload) {
      awaited.settle({ is: 'gone' })
      return 'an answer to what takes none'
    }
    awaited.settle({ is: 'answer', body: isEmpty(payload) ? undefined : payload })
    return undefined
  }
}

const parsed = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
