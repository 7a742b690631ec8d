import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Grant } from '../../src/core/exception/attempt.ts'
import { approve, claim, deny, marco, notMe } from './given.ts'
import { heard, refused, sceneOf } from './scene.ts'
import { startStage, type Stage } from './stage.ts'

let stage: Stage
let unwatched: Stage

beforeAll(async () => {
  ;[stage, unwatched] = await Promise.all([startStage(), startStage({ looking: false })])
})
afterAll(() => Promise.all([stage.close(), unwatched.close()]))

const bypass = { kind: 'bypass' } as const

/** What the provider answers when it gave out a code or a let-in that is alive for so long; milliseconds. */
function alive(lifetime: number): Grant {
  const startsAt = Date.now()
  const lease = { credentialId: 'bypass-1', startsAt, expiresAt: startsAt + lifetime }
  return { is: 'shown', lease, providerRequestId: 'request-1', methodsBefore: [] }
}

describe.concurrent('a bypass', () => {
  it('is looked at to the second, and not through the queue that Entra limits', async () => {
    const scene = sceneOf(unwatched, bypass)
    const { watch } = scene.world.acts
    const orders: object[] = []
    scene.world.acts.watch = (order) => {
      orders.push(order)
      return watch(order)
    }
    await scene.shown()
    await scene.until(() => orders.length > 1, 'it is looked at')
    scene.world.pass = 'used'
    await scene.ends('used')
    expect(orders[0]).toMatchObject({ provider: 'local', pace: { first: 1, longest: 5 } })
  })

  it('that is voided by wrong tries is ended and over: no second one under the same approval', async () => {
    const scene = sceneOf(stage, bypass)
    await scene.shown()
    scene.world.pass = 'voided'
    await scene.ends('revoked', 'voided')
    expect(scene.facts().slice(-3)).toEqual(['shown', 'voided', 'ended'])
    expect(scene.world.ended).toEqual([expect.objectContaining({ provider: 'local', signOut: false })])
    expect(await scene.says(scene.dana, claim)).toBe('over')
  })

  it('that was voided after a use was used', async () => {
    const scene = sceneOf(stage, bypass)
    const { end } = scene.world.acts
    scene.world.acts.end = (order) => end({ ...order, wasUsed: true })
    await scene.shown()
    scene.world.pass = 'voided'
    await scene.ends('used', 'voided-after-use')
    expect(scene.facts().slice(-2)).toEqual(['used', 'ended'])
  })

  it('without a code has the same life: opened, on the screen for its time, used', async () => {
    const scene = sceneOf(stage, {
      ...bypass,
      plan: { opens: { name: 'Intranet', form: 'let-in' }, visible: 0.25 },
    })
    await scene.shown()
    await scene.until(() => scene.times('hideCode') === 1, 'the screen is wiped')
    scene.world.pass = 'used'
    await scene.ends('used', 'let-in')
    expect(scene.facts()).toEqual(['requested', 'admitted', 'approved', 'shown', 'hidden', 'used', 'ended'])
  })

  it('without a code is over by *Not me* as well', async () => {
    const scene = sceneOf(stage, { ...bypass, plan: { opens: { name: 'Intranet', form: 'let-in' } } })
    await scene.shown()
    expect(await scene.says(scene.dana, notMe)).toEqual(heard)
    await scene.ends('stopped', 'let-in-stopped')
    expect(scene.world.pass).toBe('gone')
  })

  it('whose clock has run since the approval ends when the provider says, not when the plan would', async () => {
    const scene = sceneOf(stage, { ...bypass, plan: { visible: 0.25 } })
    scene.world.acts.grant = async () => alive(6_000)
    await scene.shown()
    const past = await scene.ends('expired', 'little-left')
    expect(scene.facts().slice(-4)).toEqual(['shown', 'hidden', 'expired', 'ended'])
    for (const [, seconds] of past.timers.slice(2)) expect(seconds).toBeLessThanOrEqual(6)
  })

  it('that was over before it was opened opens nothing, and counts as never claimed', async () => {
    const scene = sceneOf(stage, { ...bypass, plan: { claimWithin: 5 } })
    scene.world.acts.grant = async () => ({ is: 'refused', refusal: { code: 'claim-late' } })
    await scene.approved()
    expect(await scene.says(scene.dana, claim)).toEqual(refused('claim-late'))
    await scene.ends('never-claimed', 'nothing-left')
    expect(scene.facts().slice(-3)).toEqual(['attempt-refused', 'never-claimed', 'ended'])
    expect(scene.world.ran).not.toContain('end')
  })

  it('hands over how often to look at the directory, which is not how often it was looked at itself', async () => {
    const scene = sceneOf(stage, bypass)
    await scene.shown()
    scene.world.pass = 'used'
    await scene.ends('used')
    expect(scene.world.handedOver).toEqual([
      expect.objectContaining({ kind: 'bypass', look: { first: 2, longest: 24 } }),
    ])
  })
})

describe.concurrent('a pass and a bypass of one person', () => {
  it('live beside each other, and each hears its own words only', async () => {
    const pass = sceneOf(stage)
    const bypassed = sceneOf(stage, { ...bypass, dana: pass.dana })
    await Promise.all([pass.ask(), bypassed.ask()])
    expect(await bypassed.says(marco, deny)).toEqual(heard)
    await bypassed.ends('denied')
    expect(pass.facts()).toEqual(['requested', 'admitted'])
    expect(await pass.says(marco, approve)).toEqual(heard)
    expect(await pass.says(pass.dana, claim)).toEqual(heard)
    pass.world.pass = 'used'
    await pass.ends('used')
  })
})
