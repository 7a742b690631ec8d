import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { StateStore } from '../state-store.ts'
import { deliver, type Delivery } from './delivery.ts'
import { Listeners } from './listeners.ts'
import { MessageLog } from './message-log.ts'
import { Modals } from './modals.ts'
import type { Parts } from './parts.ts'
import { createPeople, type People } from './people.ts'
import { createResponseUrls } from './response-urls.ts'
import { createRoster } from './roster.ts'
import { type Call, createRoutes } from './routes.ts'
import type { WorkspaceSeed } from './seed.ts'
import type { Send } from './send.ts'
import { type SocketControls, Sockets } from './sockets.ts'
import { createTriggers } from './triggers.ts'
import { Whispers } from './whispers.ts'

export type SlackOptions = {
  /** 0 or nothing for a free one. */
  readonly port?: number
  readonly seed: WorkspaceSeed
  /** Where the app takes requests; it need not be there yet. */
  readonly botUrl: () => string
  readonly signingSecret: string
  readonly botToken: string
  /** With it the app is in Socket Mode: it opens connections, and nothing is sent to `botUrl`. */
  readonly appToken?: string
  readonly store: StateStore
  /** Epoch milliseconds. */
  readonly now?: () => number
}

export type SlackStandIn = {
  /** What the app takes for Slack's API, with the slash at the end. */
  readonly apiUrl: string
  readonly people: People
  /** Tells that something which somebody can see has changed; answers how to stop listening. */
  readonly changes: (listener: () => void) => () => void
  /** Shows every exchange with the app; answers how to stop. What passes here is never stored. */
  readonly onCall: (listener: (call: Call) => void) => () => void
  /** The app's connections in Socket Mode. */
  readonly sockets: SocketControls
  /** Ends what is under way, saves, and frees the port. */
  readonly close: () => Promise<void>
}

const listen = async (server: Server, port: number): Promise<string> => {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The Slack stand-in has no port')
  return `http://127.0.0.1:${address.port}`
}

const sender =
  (hand: (form: Parameters<Send>[1]) => Promise<Delivery>, calls: Listeners<[Call]>): Send =>
  async (kind, form) => {
    const delivery = await hand(form)
    calls.tell({ method: kind, args: form, answer: delivery })
    return delivery
  }

const stop = async (server: Server, log: MessageLog): Promise<void> => {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
  await log.saved()
}

/**
 * Starts a Slack workspace that speaks Slack's protocol on 127.0.0.1: Web API and response URLs for the app, signed
 * commands and interactions to the app, and the people of the workspace as functions. Rejects when the port is taken
 * or what was saved cannot be read.
 */
export const startSlack = async (options: SlackOptions): Promise<SlackStandIn> => {
  const { seed, now = Date.now } = options
  const changes = new Listeners<[]>()
  const calls = new Listeners<[Call]>()
  const changed = (): void => changes.tell()
  const log = await MessageLog.open(options.store, now, changed)
  const server = createServer()
  const origin = await listen(server, options.port ?? 0)
  const parts: Parts = {
    roster: createRoster(seed),
    log,
    whispers: new Whispers(() => log.stamp(), changed),
    modals: new Modals(now, changed),
    triggers: createTriggers(seed.team.id, now),
    responseUrls: createResponseUrls(seed.team.id, origin, now),
  }
  const { botUrl: url, signingSecret, botToken, appToken } = options
  const sockets = new Sockets(server, { origin, appId: seed.bot.appId, now })
  const doors = { botToken, ...(appToken !== undefined && { appToken }), openSocket: () => sockets.open() }
  const routes = createRoutes(parts, doors, (call) => calls.tell(call), now)
  server.on('request', (request, response) => void routes(request, response))
  const stopping = new AbortController()
  const address = { url, signingSecret, now, stopping: stopping.signal }
  const send = sender(
    appToken === undefined ? (form) => deliver(address, form) : (form) => sockets.deliver(form),
    calls,
  )
  return {
    apiUrl: `${origin}/api/`,
    people: createPeople(parts, send),
    changes: (listener) => changes.add(listener),
    onCall: (listener) => calls.add(listener),
    sockets: sockets.controls(),
    close: async () => {
      stopping.abort()
      sockets.cut()
      await stop(server, log)
    },
  }
}
