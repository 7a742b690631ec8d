import { EventEmitter, once } from 'node:events'
import type { App, Receiver } from '@slack/bolt'
import type { Envelope, SlackSocket } from '../core/slack-socket.ts'
import { createRecently } from './recently.ts'

/** Slack sends again what was not acknowledged in time, within minutes; milliseconds. */
const rememberedFor = 10 * 60_000

type Warn = (what: string, about: Readonly<Record<string, string>>) => void

/**
 * Slack's requests over the socket. An envelope that comes again gets the answer that it got, and nothing is done again: the
 * first answer may not have arrived, because connections come and go.
 */
export function createSocketReceiver(socket: SlackSocket, warn: Warn): Receiver {
  let app: App | undefined
  const answers = createRecently<Promise<unknown>>(rememberedFor)

  async function hear(envelope: Envelope): Promise<void> {
    const known = answers.get(envelope.id)
    if (known !== undefined) return answer(envelope, await known, warn)
    let isAnswered = false
    const answered = new EventEmitter()
    answers.set(
      envelope.id,
      once(answered, 'answer').then(([body]: unknown[]) => body),
    )
    const ack = async (body?: unknown): Promise<void> => {
      isAnswered = true
      answered.emit('answer', body)
      await answer(envelope, body, warn)
    }
    await app?.processEvent({ body: envelope.body, ack })
    // Nobody answered, so Slack will try again; perhaps it goes better then.
    if (!isAnswered) answers.forget(envelope.id)
  }

  return {
    init(own) {
      app = own
    },
    start: () =>
      socket.open((envelope) =>
        hear(envelope).catch((error: unknown) => {
          answers.forget(envelope.id)
          warn('a Slack request failed', { because: error instanceof Error ? error.name : 'unknown' })
        }),
      ),
    stop: () => socket.close(),
  }
}

/** An answer that does not arrive stops nobody: what somebody wants is done, and Slack asks again. */
async function answer({ answer: send }: Envelope, body: unknown, warn: Warn): Promise<void> {
  await send(body).catch(() => warn('Slack could not be told that a request was heard', {}))
}
