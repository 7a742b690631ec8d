import { SocketModeClient } from '@slack/socket-mode'
import { Fault } from '../../core/fault.ts'
import type { Envelope } from '../../core/slack-socket.ts'
import { silent } from './silent.ts'
import { slackFault } from './slack-fault.ts'
import { readFrame } from './slack.schema.ts'

export type LineOptions = {
  readonly appToken: string
  /** Ends in `/api/`. */
  readonly apiUrl: string
  readonly hear: (envelope: Envelope) => Promise<void>
}

/** Slack says hello at once or not at all; milliseconds. */
const helloWithin = 15_000

/**
 * One connection. The library keeps it alive and notices when it is dead. What Slack says on it is read here: the library
 * closes a connection when Slack announces its end, before there is another one, and with answers on their way.
 */
export class SocketLine extends SocketModeClient {
  readonly #options: LineOptions
  #isEnding: () => void = () => undefined
  /** Resolves when this connection is about to end, or has ended. */
  readonly ending: Promise<void> = new Promise((resolve) => (this.#isEnding = resolve))

  constructor(options: LineOptions) {
    const { appToken, apiUrl } = options
    // An object of its own: the library writes into it. Nothing is tried again here, but by whoever opens lines.
    const clientOptions = {
      slackApiUrl: apiUrl,
      allowAbsoluteUrls: false,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: 10_000,
    }
    super({ appToken, autoReconnectEnabled: false, logger: silent, clientOptions })
    this.#options = options
    this.on('disconnected', () => this.#isEnding())
  }

  /** Resolves when Slack has said hello; rejects with a Fault. */
  async open(): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Fault('slack', 'unavailable', 'no-hello')), helloWithin)
    })
    try {
      await Promise.race([this.start(), late])
    } catch (error) {
      void this.end()
      throw error instanceof Fault ? error : slackFault(error)
    } finally {
      clearTimeout(timer)
    }
  }

  isOpen(): boolean {
    return this.websocket?.isActive() ?? false
  }

  /** Closes the connection, if there is one. */
  async end(): Promise<void> {
    await this.disconnect().catch(() => undefined)
  }

  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    const frame = isBinary || typeof data !== 'string' ? undefined : readFrame(data)
    if (frame === undefined) return super.onWebSocketMessage(data, isBinary)
    if (frame.type === 'disconnect') return this.#isEnding()
    const { envelope_id: id, payload: body } = frame
    return this.#options.hear({ id, body, answer: (given) => this.#answer(id, given) })
  }

  #answer(id: string, payload: unknown): Promise<void> {
    const { websocket } = this
    return new Promise((resolve, reject) => {
      if (websocket === undefined || !websocket.isActive()) {
        return reject(new Fault('slack', 'unavailable', 'connection-gone'))
      }
      const said = { envelope_id: id, ...(payload !== undefined && { payload }) }
      return websocket.send(JSON.stringify(said), (error) => (error ? reject(slackFault(error)) : resolve()))
    })
  }
}
