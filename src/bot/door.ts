import type { Logger, Receiver } from '@slack/bolt'
import type { SlackSocket } from '../core/slack-socket.ts'
import { createHealth } from './health.ts'
import { createHttpReceiver } from './http-receiver.ts'
import { createSocketReceiver } from './socket-receiver.ts'

/** Where and as whom the bot listens. `apiUrl` ends with a slash. */
export type SlackDoor = {
  readonly token: string
  /** How Slack's requests come: to our address, signed with this secret, or over a socket that we open. */
  readonly by: { readonly signingSecret: string } | { readonly socket: SlackSocket }
  readonly apiUrl: string
  readonly port: number
  readonly host: string
  readonly logger: Logger
}

/** A way in, while it is opened: first what others connect to, then what we connect to. `start` starts the receiver. */
export type Entrance = {
  readonly receiver: Receiver
  readonly listen: (start: Start) => Promise<void>
  readonly open: (start: Start) => Promise<void>
  readonly close: () => Promise<void>
  /** Rejects when nothing can come in any more. */
  readonly lost: Promise<never>
}

/** Starts the app with its receiver, where that listens somewhere. */
export type Start = (where?: { readonly port: number; readonly host: string }) => Promise<unknown>

/** The way in that the door says, with options of its own: Slack's libraries write into those that they get. */
export function createEntrance(
  { by, port, host, logger }: SlackDoor,
  warn: Parameters<typeof createSocketReceiver>[1],
): Entrance {
  if ('signingSecret' in by) {
    return {
      receiver: createHttpReceiver({ signingSecret: by.signingSecret, port, logger }),
      listen: async (start) => void (await start({ port, host })),
      open: async () => undefined,
      close: async () => undefined,
      lost: new Promise(() => undefined),
    }
  }
  const { socket } = by
  const health = createHealth(() => socket.isOpen())
  return {
    receiver: createSocketReceiver(socket, warn),
    listen: () => health.listen(port, host),
    open: async (start) => void (await start()),
    close: () => health.close(),
    lost: socket.lost,
  }
}
