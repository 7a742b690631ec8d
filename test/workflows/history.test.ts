import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activitySummaries } from '../../src/core/text/en/summaries.ts'
import type { Method } from '../../src/core/ports.ts'
import { hide } from './given.ts'
import { readPast } from './past.ts'
import { heard, sceneOf } from './scene.ts'
import { startStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.close())

const passkey: Method = { id: 'm-1', type: 'fido2', label: 'Passkey', strong: true }

describe('a history stays small and can be read', () => {
  it('an exception that is asked for, approved, claimed, hidden and used: 100 events and 50 KB at most', async () => {
    const scene = sceneOf(stage)
    await scene.shown()
    expect(await scene.says(scene.dana, hide)).toEqual(heard)
    await scene.until(() => scene.times('watch') > 5, 'it looks again and again')
    scene.world.pass = 'used'
    const { events, bytes, summaries } = await scene.ends('used', 'typical')
    process.stdout.write(`A typical exception: ${events} events, ${bytes} bytes.\n`)
    expect(events).toBeLessThanOrEqual(100)
    expect(bytes).toBeLessThanOrEqual(50_000)
    expect(summaries).toContain(activitySummaries.grant)
    expect(summaries.filter((said) => said === activitySummaries.watch)).toHaveLength(1)
  })

  it('a follow-up: 20 events, and 12 more for each reminder at most', async () => {
    const counts: number[] = []
    for (const remind of [[], [0.25], [0.25, 0.5, 0.75]]) {
      const scene = sceneOf(stage)
      await scene.opensFollowUp({ remind })
      await scene.until(() => scene.times('remind') === remind.length, 'it reminds')
      await scene.until(() => scene.times('watchMethods') > 3, 'it looks again and again')
      scene.world.methods = [passkey]
      expect(await scene.followUpHandle.result()).toBe('evidence')
      const { events } = await readPast(scene.followUpHandle)
      expect(events).toBeLessThanOrEqual(20 + 12 * remind.length)
      counts.push(events)
    }
    process.stdout.write(`Follow-ups with 0, 1 and 3 reminders: ${counts.join(', ')} events.\n`)
  })
})
