import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocketServer } from 'ws'
import { failure } from './content.ts'
import type { Delivery } from './delivery.ts'
import { type Envelope, envelopeOf } from './envelope.ts'
import { Listeners } from './listeners.ts'
import { Connection } from './socket-connection.ts'
import { createTickets } from './tickets.ts'

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

/** The app's connections: `open` gives the address of a new one, `deliver` sends over any of them. */
export type Sockets = {
  readonly controls: SocketControls
  readonly open: () => { readonly ok: boolean; readonly url?: string; readonly error?: string }
  readonly deliver: (form: Readonly<Record<string, string>>) => Promise<Delivery>
  readonly close: () => void
}

type Place = { readonly origin: string; readonly appId: string; readonly now: () => number }

const any = <Item>(items: readonly Item[]): Item | undefined =>
  items[Math.floor(Math.random() * items.length)]

/** Takes the app's connections at a server. An envelope goes over one of them, and over another when that one ends first. */
export const createSockets = (server: Server, { origin, appId, now }: Place): Sockets => {
  const tickets = createTickets(now)
  const connections = new Set<Connection>()
  const envelopes = new Listeners<[Envelope]>()
  const violations: string[] = []
  let refusal: string | undefined
  const fresh = (): readonly Connection[] =>
    [...connections].filter((each) => each.isOpen() && !each.isEnding)

  const acceptor = new WebSocketServer({ noServer: true, maxPayload: LARGEST })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://slack.invalid')
    if (pathname !== '/link/' || !tickets.use(searchParams.get('ticket') ?? '')) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n')
      return
    }
    acceptor.handleUpgrade(request, socket, head, (accepted) => {
      const hello = { num_connections: fresh().length + 1, connection_info: { app_id: appId } }
      const connection = new Connection(accepted, hello, (rule) => violations.push(rule))
      connections.add(connection)
      accepted.on('close', () => connections.delete(connection))
    })
  })

  const over = async (connection: Connection, envelope: Envelope, retry: number) =>
    Promise.race([connection.deliver(envelope, retry), sleep(ACK_WITHIN, undefined, { ref: false })])

  const deliver = async (form: Readonly<Record<string, string>>): Promise<Delivery> => {
    const envelope = envelopeOf(form)
    envelopes.tell(envelope)
    const until = Date.now() + ACK_WITHIN
    for (let retry = 0; Date.now() < until; retry += 1) {
      const connection = any(fresh())
      if (connection === undefined && retry === 0) return { ok: false, error: 'dispatch_failed' }
      const came = connection === undefined ? undefined : await over(connection, envelope, retry)
      if (came?.is === 'answer') return { ok: true, body: came.body }
      await sleep(20)
    }
    return { ok: false, error: 'operation_timeout' }
  }

  return {
    open: () => {
      if (refusal !== undefined) return failure(refusal)
      if (fresh().length >= MOST) return failure('too_many_websockets')
      return {
        ok: true,
        url: `${origin.replace('http', 'ws')}/link/?ticket=${tickets.issue()}&app_id=${appId}`,
      }
    },
    deliver,
    close: () => connections.forEach((connection) => connection.cut()),
    controls: {
      count: () => fresh().length,
      refresh: (reason, after = 1000) => fresh().forEach((each) => each.endSoon(reason, after)),
      cut: () => connections.forEach((connection) => connection.cut()),
      refuse: (error) => {
        refusal = error
      },
      onEnvelope: (listener) => envelopes.add(listener),
      send: (envelope) =>
        Promise.all(
          fresh().map(async (connection): Promise<Delivery> => {
            const came = await over(connection, envelope, 1)
            return came?.is === 'answer'
              ? { ok: true, body: came.body }
              : { ok: false, error: 'operation_timeout' }
          }),
        ),
      violations: () => violations,
    },
  }
}
