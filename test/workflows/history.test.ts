import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ruledKinds } from '../../src/core/kinds.ts'
import { activitySummaries } from '../../src/core/text/en/summaries.ts'
import type { Method } from '../../src/core/ports.ts'
import { approve, claim, marco } from './given.ts'
import { readPast } from './past.ts'
import { sceneOf } from './scene.ts'
import { startStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.close())

const passkey: Method = { id: 'm-1', type: 'fido2', label: 'Passkey', strong: true }

describe('a history stays small and can be read', () => {
  it.each(ruledKinds)(
    '%s: asked for, approved, claimed, hidden and used: 100 events and 50 KB at most',
    async (kind) => {
      const scene = sceneOf(stage, { kind, plan: { visible: 2 } })
      // People are slow: whatever follows from one word is done before the next.
      const told = (type: string): Promise<void> =>
        scene.until(() => scene.facts().at(-1) === type && scene.quiet(), `${type} is told`)
      await scene.ask()
      await told('admitted')
      await scene.says(marco, approve)
      await told('approved')
      await scene.says(scene.dana, claim)
      await told('shown')
      await told('hidden')
      scene.world.pass = 'used'
      const { events, bytes, summaries, text } = await scene.ends('used', 'typical')
      process.stdout.write(`A typical ${kind}: ${events} events, ${bytes} bytes.\n`)
      expect(text).toContain('lost her phone on the train')
      expect(summaries).toContain(activitySummaries.grant)
      expect(summaries.filter((said) => said === activitySummaries.watch)).toHaveLength(1)
      expect(bytes).toBeLessThanOrEqual(50_000)
      expect(events).toBeLessThanOrEqual(100)
    },
  )

  it('a follow-up: 20 events, and 12 more for each reminder at most', async () => {
    const counts: (readonly [number, number])[] = []
    for (const reminders of [0, 1, 2, 4]) {
      const scene = sceneOf(stage)
      // The opening is written with the first reminder, where that comes soon.
      const facts = reminders === 0 ? 0 : reminders + 1
      await scene.opensFollowUp({ remind: [...[0.25, 0.5, 0.75, 1].slice(0, reminders), 59] })
      await scene.until(() => scene.followUpFacts().length >= facts && scene.quiet(), 'it reminds')
      await scene.until(() => scene.times('watchMethods') > 3, 'it looks again and again')
      scene.world.methods = [passkey]
      expect(await scene.followUpHandle.result()).toBe('evidence')
      const { events } = await readPast(scene.followUpHandle)
      counts.push([reminders, events])
    }
    process.stdout.write(`Follow-ups, reminders and events: ${JSON.stringify(counts)}.\n`)
    for (const [reminders, events] of counts) expect(events).toBeLessThanOrEqual(20 + 12 * reminders)
  })
})
