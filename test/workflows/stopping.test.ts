import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ruledKinds } from '../../src/core/kinds.ts'
import { stop } from '../../src/workflows/messages.ts'
import { approve, claim, hanna, marco, notMe, notSeen, olga, revoke, sam } from './given.ts'
import { gate, heard, refused, sceneOf, type Scene } from './scene.ts'
import { startStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.close())

/** The states in which an exception can be stopped, and how often something then has to be ended at the provider. */
const states: readonly (readonly [string, (scene: Scene) => Promise<unknown>, number])[] = [
  ['waiting', (scene) => scene.ask(), 0],
  // After a reset the workflow does not know what it minted; the provider does.
  ['approved', (scene) => scene.approved(), 1],
  ['active', (scene) => scene.shown(), 1],
]

const ofEachKind = ruledKinds.flatMap((kind) => states.map((state) => [kind, ...state] as const))

describe.concurrent.each(ofEachKind)('%s: while it is %s', (kind, state, reach, ends) => {
  it('*Not me* stops it: the subject is believed at once', async () => {
    const scene = sceneOf(stage, { kind })
    await reach(scene)
    expect(await scene.says(scene.dana, notMe)).toEqual(heard)
    await scene.ends('stopped', `stopped-${state}`)
    expect(scene.facts().slice(-3)).toEqual(['stopped', 'revoked', 'ended'])
    expect(scene.times('end')).toBe(ends)
    expect(await scene.says(scene.dana, claim)).toBe('over')
  })

  it('security revokes it', async () => {
    const scene = sceneOf(stage, { kind })
    await reach(scene)
    expect(await scene.says(sam, revoke)).toEqual(heard)
    await scene.ends('revoked', `revoked-${state}`)
    expect(scene.facts().slice(-3)).toEqual(['revoke-asked', 'revoked', 'ended'])
    expect(scene.times('end')).toBe(ends)
  })

  it('a revocation by signal counts as well', async () => {
    const scene = sceneOf(stage, { kind })
    await reach(scene)
    await scene.handle.signal(stop, scene.envelope(hanna, revoke))
    await scene.ends('revoked')
    expect(scene.facts().slice(-3)).toEqual(['revoke-asked', 'revoked', 'ended'])
  })

  it('a signal of somebody who may not is a refused attempt, and a forged one an alarm', async () => {
    const scene = sceneOf(stage, { kind })
    await reach(scene)
    await scene.handle.signal(stop, scene.envelope(olga, revoke))
    await scene.handle.signal(stop, scene.envelope(sam, revoke, 'forged'))
    await scene.until(() => scene.facts().includes('forged'), 'both are told')
    expect(scene.facts().slice(-2)).toEqual(['attempt-refused', 'forged'])
    await scene.says(sam, revoke)
    await scene.ends('revoked')
  })

  it('cancelling the workflow revokes', async () => {
    const scene = sceneOf(stage, { kind })
    await reach(scene)
    await scene.handle.cancel()
    await scene.ends('revoked', `cancelled-${state}`)
    expect(scene.facts().slice(-3)).toEqual(['cancelled', 'revoked', 'ended'])
    expect(scene.times('end')).toBe(ends)
  })
})

describe.concurrent.each(ruledKinds)('%s: what happens around a revocation', (kind) => {
  it('the code is off the screen, what was minted is ended by its id, and nobody is followed up', async () => {
    const scene = sceneOf(stage, { kind })
    await scene.shown()
    await scene.says(marco, revoke)
    await scene.ends('revoked')
    expect(scene.times('hideCode')).toBe(1)
    const [order] = scene.world.ended
    expect(order).toMatchObject({
      signOut: scene.plan.revokeSessions,
      shown: { lease: { credentialId: 'pass-1' } },
    })
    expect(scene.world.handedOver).toEqual([])
  })

  it('a pass that was used before it was revoked is followed up; one that was stopped is not', async () => {
    const [revoked, stopped] = [sceneOf(stage, { kind }), sceneOf(stage, { kind })]
    for (const scene of [revoked, stopped]) {
      scene.world.acts.watch = () => Promise.reject(new Error('no answer'))
      await scene.shown()
      scene.world.pass = 'used'
    }
    await revoked.says(sam, revoke)
    await stopped.says(stopped.dana, notMe)
    await revoked.ends('revoked', 'used-then-revoked')
    await stopped.ends('stopped')
    const { revokeSessions: sessionsRevoked } = revoked.plan
    const used = { type: 'revoked', wasUsed: true, sessionsRevoked }
    expect(revoked.world.exceptionChain.facts().at(-2)).toMatchObject(used)
    expect(stopped.world.exceptionChain.facts().at(-2)).toMatchObject(used)
    expect([revoked, stopped].map(({ world }) => world.handedOver.length)).toEqual([1, 0])
  })

  it('a use that was found at expiry is not forgotten when somebody revokes meanwhile', async () => {
    const scene = sceneOf(stage, { kind, plan: { duration: 1 } })
    const { end } = scene.world.acts
    scene.world.acts.watch = () => Promise.reject(new Error('no answer'))
    scene.world.acts.end = async (order) => {
      if (scene.times('end') === 1) await scene.says(sam, revoke)
      return end(order)
    }
    await scene.shown()
    scene.world.pass = 'used'
    await scene.ends('revoked')
    expect(scene.times('end')).toBe(2)
    expect(scene.facts().slice(-4)).toEqual(['revoke-asked', 'used', 'revoked', 'ended'])
    expect(scene.world.exceptionChain.facts().at(-2)).toMatchObject({ type: 'revoked', wasUsed: true })
    expect(scene.world.handedOver).toHaveLength(1)
  })

  it('everybody is answered while the provider does not let go; only then it is over', async () => {
    const scene = sceneOf(stage, { kind })
    const { end } = scene.world.acts
    let down = true
    scene.world.acts.end = (order) => (down ? Promise.reject(new Error('no answer')) : end(order))
    await scene.shown()
    expect(await scene.says(sam, revoke)).toEqual(heard)
    expect(await scene.says(hanna, revoke)).toEqual(heard)
    expect(await scene.says(marco, approve)).toEqual(heard)
    expect(await scene.says(scene.dana, claim)).toEqual(refused('not-approved'))
    expect(await scene.says(olga, revoke)).toEqual(refused('not-allowed'))
    expect(scene.facts()).not.toContain('revoked')
    expect(scene.facts().filter((type) => type === 'revoke-asked')).toHaveLength(1)
    down = false
    await scene.ends('revoked')
  })

  it('*Not me* while a code that was not seen is being ended: it does not open again', async () => {
    const scene = sceneOf(stage, { kind })
    const { end } = scene.world.acts
    let down = true
    scene.world.acts.end = (order) => (down ? Promise.reject(new Error('no answer')) : end(order))
    await scene.shown()
    await scene.says(scene.dana, notSeen)
    expect(await scene.says(scene.dana, notMe)).toEqual(heard)
    down = false
    await scene.ends('stopped', 'not-seen-then-stopped')
    expect(scene.facts()).not.toContain('reopened')
  })

  it('a ledger or a Slack that is away for a while holds up nothing: the pass ends first, the chain catches up', async () => {
    const scene = sceneOf(stage, { kind })
    const { tell, end } = scene.world.acts
    let down = false
    let toldWhenEnded: readonly string[] = []
    scene.world.acts.tell = (news) => (down ? Promise.reject(new Error('no answer')) : tell(news))
    scene.world.acts.end = (order) => {
      toldWhenEnded = scene.facts()
      return end(order)
    }
    await scene.shown()
    await scene.until(() => scene.facts().includes('shown'), 'the showing is told')
    down = true
    expect(await scene.says(sam, revoke)).toEqual(heard)
    await scene.until(() => scene.world.pass === 'gone', 'the pass is ended')
    down = false
    await scene.ends('revoked')
    expect(toldWhenEnded.at(-1)).toBe('shown')
    expect(scene.facts().slice(-4)).toEqual(['shown', 'revoke-asked', 'revoked', 'ended'])
  })

  it('cancelling during admission revokes as soon as it is admitted', async () => {
    const scene = sceneOf(stage, { kind })
    const { admit } = scene.world.acts
    const held = gate()
    scene.world.acts.admit = async (request) => {
      await held.opened
      return admit(request)
    }
    await scene.engine.start(scene.request)
    await scene.until(() => scene.times('admit') > 0, 'admission is under way')
    await scene.handle.cancel()
    held.open()
    await scene.ends('revoked')
    expect(scene.facts()).toEqual(['requested', 'admitted', 'cancelled', 'revoked', 'ended'])
  })

  it('cancelling during the mint revokes what it made', async () => {
    const scene = sceneOf(stage, { kind })
    const { grant } = scene.world.acts
    scene.world.acts.grant = async (order) => {
      await scene.handle.cancel()
      return grant(order)
    }
    await scene.shown()
    await scene.ends('revoked', 'cancelled-at-mint')
    expect(scene.world.pass).toBe('gone')
    expect(scene.facts().slice(-4)).toEqual(['shown', 'cancelled', 'revoked', 'ended'])
  })
})
