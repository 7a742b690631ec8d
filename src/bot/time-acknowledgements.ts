import type { App } from '@slack/bolt'
import type { BotPorts } from './ports.ts'

/** Measures how long Slack waits for its answer, whichever way its requests come. Before any listener. */
export function timeAcknowledgements(
  app: App,
  { acknowledged, now }: Pick<BotPorts, 'acknowledged' | 'now'>,
): void {
  const process = app.processEvent.bind(app)
  app.processEvent = async (event) => {
    const since = now()
    const ack: typeof event.ack = async (answer) => {
      await event.ack(answer)
      acknowledged(typeOf(event.body), (now() - since) / 1000)
    }
    await process({ ...event, ack })
  }
}

const types = new Set(['block_actions', 'view_submission', 'view_closed', 'block_suggestion'])

/** One of a few words, whatever somebody sent. */
function typeOf(body: Readonly<Record<string, unknown>>): string {
  if ('command' in body) return 'command'
  return typeof body['type'] === 'string' && types.has(body['type']) ? body['type'] : 'other'
}
