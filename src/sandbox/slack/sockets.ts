import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { type WebSocket, WebSocketServer } from 'ws'
import { failure } from './content.ts'
import type { Delivery } from './delivery.ts'
import { type Envelope, envelopeOf } from './envelope.ts'
import { Listeners } from './listeners.ts'
import { Connection } from './socket-connection.ts'
import { createTickets, type Tickets } from './tickets.ts'

const ACK_WITHIN = 3000
const MOST = 10
const LARGEST = 1024 * 1024

/** What tests can do to the app's connections, and see of them. */
export type SocketControls = {
  /** How many connections there are that Slack has not announced the end of. */
  readonly count: () => number
  /** Slack ends all connections, as it does every few hours: it says so, and closes them so many milliseconds later. */
  readonly refresh: (reason: 'warning' | 'refresh_requested', after?: number) => void
  /** All connections are gone without a word. */
  readonly cut: () => void
  /** From now on no connection is given, for this reason; undefined: they are again. */
  readonly refuse: (error: string | undefined) => void
  /** Shows every envelope; answers how to stop. */
  readonly onEnvelope: (listener: (envelope: Envelope) => void) => () => void
  /** Sends an envelope over every connection at once, as Slack may when it was not acknowledged; answers all outcomes. */
  readonly send: (envelope: Envelope) => Promise<readonly Delivery[]>
  /** What the app did that it must not. */
  readonly violations: () => readonly string[]
}

type Place = { readonly origin: string; readonly appId: string; readonly now: () => number }

type Form = Readonly<Record<string, string>>

const any = <Item>(items: readonly Item[]): Item | undefined =>
  items[Math.floor(Math.random() * items.length)]

const over = (connection: Connection, envelope: Envelope, retry: number) =>
  Promise.race([connection.deliver(envelope, retry), sleep(ACK_WITHIN, undefined, { ref: false })])

/** The connections of the app at a server. An envelope goes over one of them, and over another when that one ends first. */
export class Sockets {
  readonly #place: Place
  readonly #tickets: Tickets
  readonly #connections = new Set<Connection>()
  readonly #envelopes = new Listeners<[Envelope]>()
  readonly #violations: string[] = []
  #refusal: string | undefined

  constructor(server: Server, place: Place) {
    this.#place = place
    this.#tickets = createTickets(place.now)
    const acceptor = new WebSocketServer({ noServer: true, maxPayload: LARGEST })
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://slack.invalid')
      if (pathname === '/link/' && this.#tickets.use(searchParams.get('ticket') ?? ''))
        acceptor.handleUpgrade(request, socket, head, (accepted) => this.#take(accepted))
      else socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n')
    })
  }

  /** `apps.connections.open`: the address of a new connection. */
  open(): { readonly ok: boolean; readonly url?: string; readonly error?: string } {
    if (this.#refusal !== undefined) return failure(this.#refusal)
    if (this.#fresh().length >= MOST) return failure('too_many_websockets')
    const { origin, appId } = this.#place
    const ticket = this.#tickets.issue()
    return { ok: true, url: `${origin.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${appId}` }
  }

  /** Sends what would be a form over HTTP, and awaits its acknowledgement for 3 s. */
  async deliver(form: Form): Promise<Delivery> {
    const envelope = envelopeOf(form)
    this.#envelopes.tell(envelope)
    const until = Date.now() + ACK_WITHIN
    for (let retry = 0; Date.now() < until; retry += 1) {
      const connection = any(this.#fresh())
      if (connection === undefined && retry === 0) return { ok: false, error: 'dispatch_failed' }
      const came = connection && (await over(connection, envelope, retry))
      if (came?.is === 'answer') return { ok: true, body: came.body }
      await sleep(20)
    }
    return { ok: false, error: 'operation_timeout' }
  }

  cut(): void {
    for (const connection of this.#connections) connection.cut()
  }

  controls(): SocketControls {
    return {
      count: () => this.#fresh().length,
      refresh: (reason, after = 1000) => this.#fresh().forEach((each) => each.endSoon(reason, after)),
      cut: () => this.cut(),
      refuse: (error) => {
        this.#refusal = error
      },
      onEnvelope: (listener) => this.#envelopes.add(listener),
      send: (envelope) => Promise.all(this.#fresh().map((connection) => sent(connection, envelope))),
      violations: () => this.#violations,
    }
  }

  #fresh(): readonly Connection[] {
    return [...this.#connections].filter((each) => each.isOpen() && !each.isEnding)
  }

  #take(accepted: WebSocket): void {
    const hello = {
      num_connections: this.#fresh().length + 1,
      connection_info: { app_id: this.#place.appId },
    }
    const connection = new Connection(accepted, hello, (rule) => this.#violations.push(rule))
    this.#connections.add(connection)
    accepted.on('close', () => this.#connections.delete(connection))
  }
}

const sent = async (connection: Connection, envelope: Envelope): Promise<Delivery> => {
  const came = await over(connection, envelope, 1)
  return came?.is === 'answer' ? { ok: true, body: came.body } : { ok: false, error: 'operation_timeout' }
}
