import { ApplicationFailure } from '@temporalio/activity'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Grant } from '../../src/core/exception/attempt.ts'
import type { Plan } from '../../src/core/exception/plan.ts'
import { claim, deny, marco, notSeen, revoke, sam } from './given.ts'
import { heard, refused, sceneOf, type Scene } from './scene.ts'
import { recording, startStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.close())

/** With its real times, a lost mint takes as long as production waits; milliseconds. */
const patience = recording ? 170_000 : 30_000

/** An exception whose code comes in a message. */
function messageScene(plan: Partial<Plan> = {}): Scene {
  return sceneOf(stage, { plan: { how: 'message', ...plan } })
}

/** Slack does not take the message away until the test lets it. */
function slackAway({ world }: Scene) {
  const { removeCode } = world.acts
  const away = ApplicationFailure.create({ message: 'no answer', nextRetryDelay: 200 })
  world.acts.removeCode = () => Promise.reject(away)
  return { isBack: () => (world.acts.removeCode = removeCode) }
}

describe.concurrent('a code in a message', () => {
  it('is taken away after its time, and the pass lives on', async () => {
    const scene = messageScene({ visible: 0.5 })
    await scene.shown()
    expect([...scene.world.messages]).toEqual([1])
    await scene.until(() => scene.world.messages.size === 0, 'the message is gone')
    await scene.until(() => scene.facts().at(-1) === 'hidden', 'it is on record')
    expect(scene.world.pass).toBe('usable')
    await scene.until(() => scene.times('hideCode') === 1, 'the window does not point to it any more')
    scene.world.pass = 'used'
    await scene.ends('used', 'message-hidden-by-time')
  })

  it('is taken away on its use', async () => {
    const scene = messageScene()
    await scene.shown()
    scene.world.pass = 'used'
    await scene.ends('used', 'message-used')
    expect([...scene.world.messages]).toEqual([])
  })

  it('is taken away when it is revoked', async () => {
    const scene = messageScene()
    await scene.shown()
    await scene.says(sam, revoke)
    await scene.ends('revoked', 'message-revoked')
    expect([...scene.world.messages]).toEqual([])
  })

  it('that was not seen is taken away before another one is sent', async () => {
    const scene = messageScene()
    await scene.shown()
    expect(await scene.says(scene.dana, notSeen)).toEqual(heard)
    await scene.until(() => scene.facts().includes('reopened'), 'it opens again')
    await scene.until(() => scene.world.messages.size === 0, 'the message is gone')
    expect(await scene.says(scene.dana, claim)).toEqual(heard)
    expect([...scene.world.messages]).toEqual([2])
    scene.world.pass = 'used'
    await scene.ends('used')
  })

  it('is not taken away because an earlier one is, however late', async () => {
    const scene = messageScene()
    await scene.shown()
    const slack = slackAway(scene)
    expect(await scene.says(scene.dana, notSeen)).toEqual(heard)
    await scene.until(() => scene.facts().includes('reopened'), 'it opens again')
    expect(await scene.says(scene.dana, claim)).toEqual(heard)
    expect([...scene.world.messages]).toEqual([1, 2])
    slack.isBack()
    await scene.until(() => !scene.world.messages.has(1), 'the first message is gone')
    expect([...scene.world.messages]).toEqual([2])
    await scene.says(sam, revoke)
    await scene.ends('revoked')
  })

  it('does not hold up ending it while Slack is away: the message goes when Slack is back', async () => {
    const scene = messageScene()
    await scene.shown()
    const slack = slackAway(scene)
    expect(await scene.says(sam, revoke)).toEqual(heard)
    await scene.until(() => scene.facts().at(-1) === 'ended', 'it is ended')
    expect(scene.world.pass).toBe('gone')
    // More tries than a window gets.
    await scene.until(() => scene.times('removeCode') > 6, 'it is tried again and again')
    expect([...scene.world.messages]).toEqual([1])
    expect((await scene.handle.describe()).status.name).toBe('RUNNING')
    slack.isBack()
    await scene.ends('revoked')
    expect([...scene.world.messages]).toEqual([])
  })

  it(
    'of a lost attempt is taken away at once, and again when nothing of it can come any more',
    { timeout: patience },
    async () => {
      const scene = messageScene()
      const { grant } = scene.world.acts
      scene.world.acts.grant = async (order) => {
        await grant(order)
        throw new Error('unexpected')
      }
      await scene.approved()
      expect(await scene.says(scene.dana, claim)).toEqual(refused('attempt-lost'))
      await scene.until(() => scene.world.messages.size === 0, 'the message is gone')
      // What the lost worker did late.
      scene.world.messages.add(1)
      await scene.until(() => scene.facts().includes('reopened'), 'it opens again', patience)
      await scene.until(() => scene.world.messages.size === 0, 'the late message is gone')
      await scene.says(sam, revoke)
      await scene.ends('revoked', 'message-lost')
    },
  )

  it('that may have been sent, or not, is taken away, and the attempt is spent', async () => {
    const scene = messageScene()
    scene.world.acts.grant = async ({ attempt }): Promise<Grant> => {
      scene.world.messages.add(attempt)
      return { is: 'failed', refusal: { code: 'not-delivered' } }
    }
    await scene.approved()
    expect(await scene.says(scene.dana, claim)).toEqual(refused('not-delivered'))
    await scene.until(() => scene.world.messages.size === 0, 'the message is gone')
    await scene.until(() => scene.facts().at(-1) === 'mint-failed', 'it is on record')
    await scene.says(sam, revoke)
    await scene.ends('revoked')
  })

  it('of a run that was reset is gone at the end too: the record of attempts knows of it', async () => {
    const scene = messageScene()
    await scene.approved()
    scene.world.messages.add(1)
    await scene.says(sam, revoke)
    await scene.ends('revoked')
    expect([...scene.world.messages]).toEqual([])
  })
})

describe.concurrent('where no message can be', () => {
  it('because the code is in the window, none is looked for', async () => {
    const scene = sceneOf(stage)
    await scene.shown()
    scene.world.pass = 'used'
    await scene.ends('used')
    expect(scene.times('removeCode')).toBe(0)
  })

  it('because nobody approved, none is looked for', async () => {
    const scene = messageScene()
    await scene.ask()
    expect(await scene.says(marco, deny)).toEqual(heard)
    await scene.ends('denied')
    expect(scene.times('removeCode')).toBe(0)
  })
})
