import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Workflow, WorkflowHandle } from '@temporalio/client'
import { defaultPayloadConverter, type Payload } from '@temporalio/common'
import { historyToJSON, type History } from '@temporalio/common/lib/proto-utils.js'
import { expect } from 'vitest'
import { activitySummaries, timerSummaries } from '../../src/core/text/en/summaries.ts'
import { version } from '../../src/version.ts'
import { recording } from './stage.ts'

/** Where the replay tests find what was recorded: a folder for each version, which is left as it is after its release. */
export const histories = fileURLToPath(new URL('../replay/histories/', import.meta.url))

const ofThisVersion = `${histories}v${version}/`

/** A workflow's history as whoever opens it in Temporal finds it. */
export type Past = {
  readonly events: number
  readonly bytes: number
  /** Messages that were let in and wait for an answer. */
  readonly updates: number
  /** The sentences beside activities and timers, in order. */
  readonly summaries: readonly string[]
  /** Seconds that each timer was set to, by its sentence. */
  readonly timers: readonly (readonly [string, number])[]
  /** Everything in it, decoded, as one text. */
  readonly text: string
}

type Event = NonNullable<History['events']>[number]

/** What nobody may ever read in a history; the fakes put it into errors. */
export const secretCode = 'Q7+x/Za9'

/**
 * Reads a history and asserts what every history has to keep. One with a name is written for the replay tests when that
 * is asked for.
 */
export async function readPast<W extends Workflow>(handle: WorkflowHandle<W>, name?: string): Promise<Past> {
  const [history, description] = await Promise.all([handle.fetchHistory(), handle.describe()])
  const events = history.events ?? []
  const named = events.flatMap(namedIn)
  for (const { said, fitting } of named) expect(fitting).toContain(said)
  const text = readable(history)
  expect(text).not.toContain(secretCode)
  expect(text).not.toMatch(/\bat .*\(?(?:file:|\/|node:).*:\d+:\d+\)?/)
  if (recording && name !== undefined) record(name, historyToJSON(history))
  return {
    events: events.length,
    bytes: description.historySize ?? 0,
    updates: events.filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes).length,
    summaries: named.map(({ said }) => said),
    timers: named.flatMap(({ said, seconds }) => (seconds === undefined ? [] : [[said, seconds] as const])),
    text,
  }
}

type Named = { readonly said: string; readonly fitting: readonly string[]; readonly seconds?: number }

/** What stands beside an activity or a timer, and what may stand there. */
function namedIn(event: Event): readonly Named[] {
  const said = plain(event.userMetadata?.summary)
  const activity = event.activityTaskScheduledEventAttributes?.activityType?.name
  if (activity) {
    const sentences = new Map<string, string>(Object.entries(activitySummaries))
    return [{ said, fitting: [sentences.get(activity) ?? 'a sentence'] }]
  }
  const after = event.timerStartedEventAttributes?.startToFireTimeout
  if (!after) return []
  const seconds = Number(after.seconds ?? 0) + (after.nanos ?? 0) / 1e9
  return [{ said, fitting: Object.values(timerSummaries), seconds }]
}

/** Which machine did it, and the server's own accounts: a replay does not need them. */
const left = [
  'identity',
  'workerVersion',
  'meteringMetadata',
  'taskId',
  'requestId',
  'historySizeBytes',
  'header',
]

const recorded = new Set<string>()

function record(name: string, history: string): void {
  if (recorded.has(name)) throw new Error(`Two histories are called ${name}.`)
  recorded.add(name)
  mkdirSync(ofThisVersion, { recursive: true })
  const short = JSON.stringify(JSON.parse(history), (key, value: unknown) =>
    left.includes(key) ? undefined : isWorker(value) ? 'a worker' : value,
  )
  writeFileSync(`${ofThisVersion}${name}.json`, `${short}\n`)
}

/** Its process and machine name the queue that a worker keeps for itself. */
const isWorker = (value: unknown): boolean => typeof value === 'string' && /^\d+@/.test(value)

function plain(payload: Payload | null | undefined): string {
  return payload ? defaultPayloadConverter.fromPayload<string>(payload) : ''
}

/** All words in a history, line by line, payloads decoded. */
function readable(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.values(value).map(readable).join('\n')
}
