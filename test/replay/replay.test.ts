import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultPayloadConverter, type Payload } from '@temporalio/common'
import { historyFromJSON, type History } from '@temporalio/common/lib/proto-utils.js'
import { DeterminismViolationError } from '@temporalio/workflow'
import { afterAll, describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/core/exception/fact.ts'
import { caseOutcomes } from '../../src/core/fraud/statement.ts'
import { ruledKinds } from '../../src/core/kinds.ts'
import type { CaseStart, ExceptionStart } from '../../src/workflows/messages.ts'
import { Worker } from '../setup/native-core.ts'
import { histories } from '../workflows/past.ts'
import { bundle, dataConverter } from '../workflows/stage.ts'

type Recorded = { readonly events: Record<string, Record<string, unknown>>[] }

const names = readdirSync(histories, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.json'),
)

const typical = join('v0.1.0', 'typical.json')

const read = (name: string): Recorded => JSON.parse(readFileSync(`${histories}${name}`, 'utf8')) as Recorded

/**
 * Each once, so that a new outcome is missed here before it is missed in the recordings. What was asked for as more time,
 * and what that replaced, has an outcome of its own in the same workflow.
 */
const outcomes: Record<Exclude<Outcome, 'replaced' | 'extended' | 'not-extended'>, true> = {
  refused: true,
  denied: true,
  withdrawn: true,
  'timed-out': true,
  stopped: true,
  'never-claimed': true,
  'mints-used-up': true,
  used: true,
  expired: true,
  revoked: true,
}

/** What a history was of, a kind of exception, a follow-up or a case of fraud, and how it ended. */
function storyOf(history: Recorded): string {
  const { events } = historyFromJSON(history)
  const { workflowExecutionStartedEventAttributes: started } = events?.[0] ?? {}
  const input = contentOf(started?.input) as Partial<ExceptionStart & CaseStart> | undefined
  const other = input?.report === undefined ? 'follow-up' : 'fraud'
  return `${input?.request?.statement.body.kind ?? other} ${endOf(events?.at(-1))}`
}

function endOf(last: NonNullable<History['events']>[number] = {}): string {
  const {
    workflowExecutionFailedEventAttributes: failed,
    workflowExecutionContinuedAsNewEventAttributes: continued,
    workflowExecutionCompletedEventAttributes: completed,
  } = last
  if (failed) return 'failed'
  return continued ? 'continued' : String(contentOf(completed?.result))
}

function contentOf(held: { readonly payloads?: Payload[] | null } | null | undefined): unknown {
  const [first] = held?.payloads ?? []
  return first && defaultPayloadConverter.fromPayload(first)
}

function replay(history: unknown, code = bundle): Promise<void> {
  return Worker.runReplayHistory({ workflowBundle: { code }, dataConverter }, history)
}

describe('recorded histories', () => {
  // One worker for all of them: starting one costs more than a replay. It replays one after the other, as they are asked
  // for.
  let asked = ''
  const results = Worker.runReplayHistories(
    { workflowBundle: { code: bundle }, dataConverter },
    whatIsAsked(),
  )
  function* whatIsAsked() {
    for (;;) yield { workflowId: 'fake', history: historyFromJSON(read(asked)) }
  }
  afterAll(() => results.return?.())

  it('are there, of every outcome of each kind and of every end of a follow-up and of a case', () => {
    const ofExceptions = ruledKinds.flatMap((kind) =>
      [...Object.keys(outcomes), 'failed'].map((end) => `${kind} ${end}`),
    )
    const ofFollowUps = ['evidence', 'phone-back', 'continued'].map((end) => `follow-up ${end}`)
    const ofCases = [...caseOutcomes, 'failed', 'continued'].map((end) => `fraud ${end}`)
    const stories = names.map((name) => storyOf(read(name)))
    expect(stories).toEqual(
      expect.arrayContaining([...ofExceptions, 'drill expired', ...ofFollowUps, ...ofCases]),
    )
  })

  it.each(names)('replay with the workflows as they are now: %s', async (name) => {
    asked = name
    const replayed = await results.next()
    if (replayed.done === true) throw new Error('The worker that replays has stopped.')
    expect(replayed.value.error).toBeUndefined()
  })
})

describe('a replay fails', () => {
  it('when an activity in the history is another one', async () => {
    const history = read(typical)
    const scheduled = history.events.find(
      (event) =>
        JSON.stringify(event['activityTaskScheduledEventAttributes']?.['activityType']) ===
        '{"name":"grant"}',
    )
    Object.assign(scheduled?.['activityTaskScheduledEventAttributes'] ?? {}, {
      activityType: { name: 'tell' },
    })
    await expect(replay(history)).rejects.toThrow(DeterminismViolationError)
  })

  it('when the workflows leave out a step', async () => {
    const step = 'await handOver(each);'
    expect(bundle.split(step)).toHaveLength(2)
    const changed = bundle.replace(step, '')
    await expect(replay(read(typical), changed)).rejects.toThrow(DeterminismViolationError)
  })
})
