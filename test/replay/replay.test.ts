import { readdirSync, readFileSync } from 'node:fs'
import { defaultPayloadConverter } from '@temporalio/common'
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js'
import { DeterminismViolationError } from '@temporalio/workflow'
import { Worker } from '@temporalio/worker'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/core/exception/fact.ts'
import { histories } from '../workflows/past.ts'
import { bundle, dataConverter } from '../workflows/stage.ts'

type Recorded = { readonly events: Record<string, Record<string, unknown>>[] }

const names = readdirSync(histories).filter((name) => name.endsWith('.json'))

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

function endOf(history: Recorded): unknown {
  const {
    workflowExecutionFailedEventAttributes: failed,
    workflowExecutionContinuedAsNewEventAttributes: continued,
    workflowExecutionCompletedEventAttributes: completed,
  } = historyFromJSON(history).events?.at(-1) ?? {}
  if (failed) return 'failed'
  if (continued) return 'continued'
  const [result] = completed?.result?.payloads ?? []
  return result && defaultPayloadConverter.fromPayload(result)
}

function replay(history: unknown, code = bundle): Promise<void> {
  return Worker.runReplayHistory({ workflowBundle: { code }, dataConverter }, history)
}

describe('recorded histories', () => {
  it('are there, of every outcome and of every end of a follow-up', () => {
    const ends = names.map((name) => endOf(read(name)))
    for (const outcome of [...Object.keys(outcomes), 'evidence', 'phone-back', 'failed', 'continued']) {
      expect(ends).toContain(outcome)
    }
  })

  it.each(names)('replay with the workflows as they are now: %s', async (name) => {
    await expect(replay(read(name))).resolves.toBeUndefined()
  })
})

describe('a replay fails', () => {
  it('when an activity in the history is another one', async () => {
    const history = read('typical.json')
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
    const step = 'await handOver(life);'
    expect(bundle.split(step)).toHaveLength(2)
    const changed = bundle.replace(step, '')
    await expect(replay(read('typical.json'), changed)).rejects.toThrow(DeterminismViolationError)
  })
})
