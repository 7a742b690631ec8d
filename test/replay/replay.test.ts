import { readdirSync, readFileSync } from 'node:fs'
import { DeterminismViolationError } from '@temporalio/workflow'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { beforeAll, describe, expect, it } from 'vitest'
import { histories } from '../workflows/past.ts'
import { bundle, dataConverter } from '../workflows/stage.ts'

type Recorded = { readonly events: Record<string, Record<string, unknown>>[] }

const names = readdirSync(histories).filter((name) => name.endsWith('.json'))

beforeAll(() => {
  Runtime.install({ logger: new DefaultLogger('ERROR') })
})

const read = (name: string): Recorded => JSON.parse(readFileSync(`${histories}${name}`, 'utf8')) as Recorded

function replay(history: unknown, code = bundle): Promise<void> {
  return Worker.runReplayHistory({ workflowBundle: { code }, dataConverter }, history)
}

describe('recorded histories', () => {
  it('are there, of every outcome', () => {
    const outcomes = names.map((name) => JSON.stringify(read(name).events.at(-1)))
    expect(outcomes.length).toBeGreaterThan(20)
  })

  it.each(names)('replay with the workflows as they are now: %s', async (name) => {
    await replay(read(name))
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

  it('when the workflows do their steps in another order', async () => {
    const published = 'await life.finish();'
    expect(bundle.split(published)).toHaveLength(2)
    const changed = bundle.replace(published, '')
    await expect(replay(read('typical.json'), changed)).rejects.toThrow(DeterminismViolationError)
  })
})
