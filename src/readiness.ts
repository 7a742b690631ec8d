import { answeredInTime } from './answered-in-time.ts'
import { present, slackOf, type Ground } from './parts.ts'
import { sharedAnswer } from './shared-answer.ts'

type State = 'ok' | 'away'

/** So long a part may take to answer; milliseconds. */
const patience = 2_000
/** So long an answer serves whoever asks next; milliseconds. */
const freshFor = 1_000

/** Asks which parts answer now. It names no address and no secret. */
export function createReadiness({
  pool,
  client,
  config,
  telemetry,
}: Ground): () => Promise<Readonly<Record<string, State>>> {
  const asked = {
    postgres: async () => pool.query('select 1'),
    temporal: async () => {
      const info = await present(client()).workflowService.getSystemInfo({})
      telemetry.contacts.seen('temporal')
      return info
    },
    // A client of its own each time: another one remembers what Slack said.
    slack: async () => slackOf(config, telemetry).team(),
  }
  // Slack counts how often it is asked, and anybody who reaches this door can ask.
  return sharedAnswer(async () => {
    const states = Object.entries(asked).map(async ([part, ask]) => [part, await answers(ask)] as const)
    return Object.fromEntries(await Promise.all(states))
  }, freshFor)
}

async function answers(ask: () => Promise<unknown>): Promise<State> {
  return (await answeredInTime(ask(), patience)) === undefined ? 'away' : 'ok'
}
