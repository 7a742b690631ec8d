import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Grant } from '../../src/core/exception/attempt.ts'
import { ruledKinds } from '../../src/core/kinds.ts'
import { timerSummaries } from '../../src/core/text/en/summaries.ts'
import { claim, marco, notMe, notSeen, revoke, sam } from './given.ts'
import { secretCode } from './past.ts'
import { gate, heard, refused, sceneOf, type Scene } from './scene.ts'
import { recording, startStage, type Stage } from './stage.ts'

let stage: Stage
let unmanned: Stage

beforeAll(async () => {
  ;[stage, unmanned] = await Promise.all([startStage(), startStage({ minting: false })])
})
afterAll(() => Promise.all([stage.close(), unmanned.close()]))

/** With its real times, a lost mint takes as long as production waits; milliseconds. */
const patience = recording ? 170_000 : 30_000

/** The mint is lost: what it leaves behind is found by its intent only. The error quotes what it must not. */
function losesItsMint(scene: Scene, times = 1): void {
  const { grant } = scene.world.acts
  scene.world.acts.grant = async (order) => {
    const granted = await grant(order)
    if (order.attempt <= times) throw new Error(`unexpected: {"temporaryAccessPass":"${secretCode}"}`)
    return granted
  }
}

/** What the mint gets to know of the attempts, in order. */
function attempts(scene: Scene, answers?: (attempt: number) => Grant): number[] {
  const seen: number[] = []
  const { grant } = scene.world.acts
  scene.world.acts.grant = async (order) => {
    seen.push(order.attempt)
    return answers?.(order.attempt) ?? grant(order)
  }
  return seen
}

describe.concurrent.each(ruledKinds)('%s: a code that was shown', (kind) => {
  it('and not seen is ended, and the claim opens again under the same approval', async () => {
    const scene = sceneOf(stage, { kind })
    const seen = attempts(scene)
    await scene.shown()
    expect(await scene.says(scene.dana, notSeen)).toEqual(heard)
    await scene.until(() => scene.facts().includes('reopened'), 'it opens again')
    expect(scene.world.pass).toBe('gone')
    expect(await scene.says(scene.dana, claim)).toEqual(heard)
    scene.world.pass = 'used'
    await scene.ends('used', 'not-seen-claimed-again')
    const again = ['shown', 'not-seen', 'reopened', 'shown', 'used', 'ended']
    expect(scene.facts()).toEqual(['requested', 'admitted', 'approved', ...again])
    expect(seen).toEqual([1, 2])
  })

  it('and not seen, but used all the same, does not open again: it is revoked and followed up', async () => {
    const scene = sceneOf(stage, { kind })
    scene.world.acts.watch = () => Promise.reject(new Error('no answer'))
    await scene.shown()
    scene.world.pass = 'used'
    expect(await scene.says(scene.dana, notSeen)).toEqual(heard)
    await scene.ends('revoked', 'used-not-seen')
    expect(scene.world.exceptionChain.facts().slice(-3)).toEqual([
      expect.objectContaining({ type: 'not-seen' }),
      expect.objectContaining({ type: 'revoked', wasUsed: true, sessionsRevoked: scene.plan.revokeSessions }),
      expect.objectContaining({ type: 'ended', outcome: 'revoked' }),
    ])
    expect(scene.world.handedOver).toHaveLength(1)
  })

  it('may be replaced twice; after the third the approval is used up', async () => {
    const scene = sceneOf(stage, { kind })
    const seen = attempts(scene)
    await scene.approved()
    for (const times of [1, 2, 3]) {
      expect(await scene.says(scene.dana, claim)).toEqual(heard)
      expect(await scene.says(scene.dana, notSeen)).toEqual(heard)
      await scene.until(
        () => scene.facts().filter((type) => type === 'reopened').length === times,
        'it opens',
      )
    }
    await scene.ends('mints-used-up')
    expect(seen).toEqual([1, 2, 3])
    expect(scene.facts().slice(-2)).toEqual(['mints-used-up', 'ended'])
    expect(scene.world.handedOver).toEqual([])
  })

  it('leaves the screen after its time, and then a long wait for its end begins', async () => {
    const scene = sceneOf(stage, { kind, plan: { visible: 0.25 } })
    await scene.shown()
    await scene.until(() => scene.facts().includes('hidden'), 'it is hidden')
    await scene.until(() => scene.times('hideCode') === 1, 'the screen is wiped')
    scene.world.pass = 'used'
    const past = await scene.ends('used', 'hidden-by-time')
    const timers = past.timers.map(([said]) => said)
    expect(timers.slice(-2)).toEqual([timerSummaries.hide, timerSummaries.expiry])
  })

  it('is ended all the same when Slack does not take it off the screen', async () => {
    const scene = sceneOf(stage, { kind })
    scene.world.acts.hideCode = () => Promise.reject(new Error('no answer'))
    await scene.shown()
    await scene.says(sam, revoke)
    await scene.ends('revoked')
    expect(scene.world.pass).toBe('gone')
  })
})

describe.concurrent.each(ruledKinds)('%s: a mint', (kind) => {
  it('that is refused changes nothing: the subject is told why, and may press again', async () => {
    const scene = sceneOf(stage, { kind })
    const seen = attempts(scene, () => ({ is: 'refused', refusal: { code: 'provider-off' } }))
    await scene.approved()
    expect(await scene.says(scene.dana, claim)).toEqual(refused('provider-off'))
    scene.world.acts.grant = async () => ({ is: 'refused', refusal: { code: 'claim-stale' } })
    expect(await scene.says(scene.dana, claim)).toEqual(refused('claim-stale'))
    await scene.says(sam, revoke)
    await scene.ends('revoked', 'grant-refused')
    expect(seen).toEqual([1])
    expect(scene.facts().slice(3, 5)).toEqual(['attempt-refused', 'attempt-refused'])
  })

  it('that failed for sure is spent, and may be tried again at once', async () => {
    const scene = sceneOf(stage, { kind })
    const seen = attempts(scene, () => ({ is: 'failed', refusal: { code: 'not-delivered' } }))
    await scene.approved()
    for (const attempt of [1, 2, 3]) {
      expect(await scene.says(scene.dana, claim)).toEqual(refused('not-delivered'))
      expect(seen.at(-1)).toBe(attempt)
    }
    await scene.ends('mints-used-up', 'mints-used-up')
    expect(scene.world.ran).not.toContain('end')
  })

  it(
    'that was lost is ended twice, now and when nothing of it can come any more, and then opens again',
    { timeout: patience },
    async () => {
      const scene = sceneOf(stage, { kind })
      losesItsMint(scene)
      await scene.approved()
      expect(await scene.says(scene.dana, claim)).toEqual(refused('attempt-lost'))
      await scene.until(() => scene.times('end') === 1, 'it is ended at once')
      expect(scene.facts().at(-1)).toBe('mint-failed')
      expect(await scene.says(scene.dana, claim)).toEqual(refused('not-approved'))
      // What the provider did late.
      scene.world.pass = 'usable'
      await scene.until(() => scene.facts().includes('reopened'), 'it opens again', patience)
      expect(scene.world.pass).toBe('gone')
      expect(scene.world.ended.map(({ shown }) => shown)).toEqual([null, null])
      expect(await scene.says(scene.dana, claim)).toEqual(heard)
      scene.world.pass = 'used'
      const past = await scene.ends('used', 'mint-lost')
      const settle = past.timers.filter(([said]) => said === timerSummaries.settle)
      expect(settle).toEqual([[timerSummaries.settle, recording ? 90 : 5]])
    },
  )

  it(
    'that was lost, shown and used is over: what the first end found is not forgotten at the second',
    { timeout: patience },
    async () => {
      const scene = sceneOf(stage, { kind })
      losesItsMint(scene)
      await scene.approved()
      scene.world.acts.end = async (order) => {
        const wasUsed = order.wasUsed || scene.times('end') === 1
        return { wasUsed, sessionsRevoked: wasUsed && order.signOut, methodsAdded: [] }
      }
      expect(await scene.says(scene.dana, claim)).toEqual(refused('attempt-lost'))
      await scene.ends('revoked', 'mint-lost-used')
      expect(scene.facts().slice(-4)).toEqual(['mint-failed', 'used', 'revoked', 'ended'])
      expect(scene.world.exceptionChain.facts().at(-2)).toMatchObject({
        type: 'revoked',
        wasUsed: true,
        sessionsRevoked: scene.plan.revokeSessions,
      })
    },
  )

  it(
    'that does not come back is given up by the server, and cleaned up as lost',
    { timeout: patience },
    async () => {
      const scene = sceneOf(stage, { kind })
      const { grant } = scene.world.acts
      scene.world.acts.grant = async (order) => {
        if (order.attempt === 1)
          await new Promise((resolve) => setTimeout(resolve, recording ? 40_000 : 6_000))
        return grant(order)
      }
      await scene.approved()
      await scene.says(scene.dana, claim)
      await scene.until(() => scene.facts().includes('mint-failed'), 'it is given up', patience)
      expect(await scene.says(scene.dana, notMe)).toEqual(heard)
      await scene.ends('stopped', 'mint-timed-out')
      expect(scene.times('end')).toBe(2)
      expect(scene.times('grant')).toBe(1)
    },
  )

  it('that nobody begins in time was no attempt: nothing is spent, and the subject may press again', async () => {
    const scene = sceneOf(unmanned, { kind })
    await scene.approved()
    expect(await scene.says(scene.dana, claim)).toEqual(refused('not-now'))
    await scene.says(sam, revoke)
    await scene.ends('revoked', 'mint-not-begun')
    expect(scene.facts()).toEqual(['requested', 'admitted', 'approved', 'revoke-asked', 'revoked', 'ended'])
  })

  it('in hand does not lose a word: it is answered right after', async () => {
    const scene = sceneOf(stage, { kind })
    const { grant } = scene.world.acts
    const held = gate()
    scene.world.acts.grant = async (order) => {
      await held.opened
      return grant(order)
    }
    await scene.approved()
    const claimed = scene.says(scene.dana, claim)
    await scene.until(() => scene.times('grant') === 1, 'the mint is in hand')
    const twice = scene.says(scene.dana, claim)
    const revoked = scene.says(marco, revoke)
    held.open()
    expect(await Promise.all([claimed, twice, revoked])).toEqual([heard, refused('not-approved'), heard])
    await scene.ends('revoked')
    expect(scene.times('grant')).toBe(1)
  })
})
