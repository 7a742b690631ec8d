import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { no } from '../../src/core/result.ts'
import { approve, claim, deny, hanna, marco, notMe, notSeen, olga, revoke, withdraw } from './given.ts'
import { gate, heard, refused, sceneOf } from './scene.ts'
import { startStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.close())

const begun = ['requested', 'admitted', 'approved', 'shown']

/** Somebody asked for more time for what is out, and waits for Marco. */
async function asked(kind: 'tap' | 'bypass') {
  const scene = sceneOf(stage, { kind })
  await scene.shown()
  const extension = scene.extension()
  expect(await extension.asks()).toEqual(heard)
  return { scene, extension }
}

describe.concurrent('a bypass that gets more time', () => {
  it('lives on under its own code once a second person has approved', async () => {
    const { scene, extension } = await asked('bypass')
    expect(await extension.says(marco, approve)).toEqual(heard)
    await scene.until(() => extension.last()?.type === 'ended', 'extended')
    expect(extension.facts()).toEqual(['requested', 'admitted', 'approved', 'extended', 'ended'])
    expect(extension.last()).toMatchObject({ outcome: 'extended' })
    expect(scene.times('grant')).toBe(1)
    scene.world.pass = 'used'
    await scene.ends('used', 'extended')
    expect(scene.facts()).toEqual([...begun, 'extended', 'used', 'ended'])
    expect(scene.world.handedOver).toHaveLength(1)
  })

  it('is ended by whoever ends the request that gave it more', async () => {
    const { scene, extension } = await asked('bypass')
    await extension.says(marco, approve)
    await scene.until(() => extension.last()?.type === 'ended', 'extended')
    expect(await extension.says(hanna, revoke)).toEqual(heard)
    await scene.ends('revoked', 'extended-revoked')
    expect(scene.facts()).toEqual([...begun, 'extended', 'revoke-asked', 'revoked', 'ended'])
  })

  it('does not end when its first time is over', async () => {
    const scene = sceneOf(stage, { kind: 'bypass', plan: { duration: 6 } })
    await scene.shown()
    const extension = scene.extension()
    await extension.asks()
    await extension.says(marco, approve)
    await scene.until(() => scene.facts().includes('extended'), 'extended')
    const [lease] = scene.world.exceptionChain
      .facts()
      .flatMap((fact) => ('lease' in fact ? [fact.lease] : []))
    await scene.until(() => Date.now() > (lease?.expiresAt ?? 0) + 500, 'its first end')
    expect(scene.world.ran).not.toContain('end')
    await scene.ends('expired', 'extended-expired')
    expect(scene.facts().filter((type) => type !== 'hidden')).toEqual([
      ...begun,
      'extended',
      'expired',
      'ended',
    ])
  })

  it('gets none when the provider refuses, and goes on as it was', async () => {
    const { scene, extension } = await asked('bypass')
    scene.world.acts.prolong = async () => ({ is: 'refused', refusal: { code: 'extend-used' } })
    await extension.says(marco, approve)
    await scene.until(() => extension.last()?.type === 'ended', 'told')
    expect(extension.facts().slice(-2)).toEqual(['not-extended', 'ended'])
    scene.world.pass = 'used'
    await scene.ends('used', 'not-extended')
    expect(scene.facts()).toEqual([...begun, 'used', 'ended'])
  })

  it('gets none when nobody can be asked, and goes on as it was', async () => {
    const { scene, extension } = await asked('bypass')
    scene.world.acts.prolong = () =>
      Promise.reject(ApplicationFailure.nonRetryable('down', 'postgres-unavailable'))
    await extension.says(marco, approve)
    await scene.until(() => extension.last()?.type === 'ended', 'told')
    expect(extension.facts().slice(-2)).toEqual(['not-extended', 'ended'])
    await scene.says(scene.dana, revoke)
    await scene.ends('revoked')
  })
})

describe.concurrent('a pass that is replaced by a longer one', () => {
  it('lives until the new one is claimed; then only the new one does, and is followed up', async () => {
    const { scene, extension } = await asked('tap')
    expect(await extension.says(marco, approve)).toEqual(heard)
    await scene.until(() => extension.facts().includes('approved'), 'approved')
    expect(scene.facts()).toEqual(begun)
    expect(await extension.says(scene.dana, claim)).toEqual(heard)
    await scene.until(() => scene.facts().at(-1) === 'ended', 'replaced')
    expect(scene.facts()).toEqual([...begun, 'replaced', 'revoked', 'ended'])
    expect(scene.world.exceptionChain.facts().at(-1)).toMatchObject({ outcome: 'replaced' })
    expect(scene.world.pass).toBe('usable')
    scene.world.pass = 'used'
    expect(await scene.handle.result()).toBe('used')
    expect(extension.facts()).toEqual([...begun, 'used', 'ended'])
    const { exceptionId } = extension.request.statement
    expect(scene.world.handedOver).toEqual([expect.objectContaining({ exceptionId })])
    await scene.past('replaced')
  })

  it('is ended all the same when the new one got lost, and the new one can be claimed again', async () => {
    const { scene, extension } = await asked('tap')
    await extension.says(marco, approve)
    const { grant } = scene.world.acts
    scene.world.acts.grant = async () => ({ is: 'failed', refusal: { code: 'not-delivered' } })
    expect(await extension.says(scene.dana, claim)).toEqual(refused('not-delivered'))
    await scene.until(() => scene.facts().at(-1) === 'ended', 'the first one is gone')
    expect(scene.world.exceptionChain.facts().at(-1)).toMatchObject({ outcome: 'replaced' })
    scene.world.acts.grant = grant
    expect(await extension.says(scene.dana, claim)).toEqual(heard)
    scene.world.pass = 'used'
    expect(await scene.handle.result()).toBe('used')
    await scene.past('replaced-again')
  })

  it('stays when the mint refused before it did anything', async () => {
    const { scene, extension } = await asked('tap')
    await extension.says(marco, approve)
    scene.world.acts.grant = async () => ({ is: 'refused', refusal: { code: 'extend-used' } })
    expect(await extension.says(scene.dana, claim)).toEqual(refused('extend-used'))
    expect(scene.facts()).toEqual(begun)
    scene.world.pass = 'used'
    await scene.ends('used')
    expect(extension.facts().slice(-2)).toEqual(['not-extended', 'ended'])
  })

  it('whoever speaks of it afterwards is sent to the new one; whoever ends it ends that', async () => {
    const { scene, extension } = await asked('tap')
    await extension.says(marco, approve)
    const hold = gate()
    const { end } = scene.world.acts
    scene.world.acts.end = async (order) => {
      await hold.opened
      return end(order)
    }
    await extension.says(scene.dana, claim)
    expect(await scene.says(scene.dana, notSeen)).toEqual(refused('replaced'))
    expect(await scene.says(olga, revoke)).toEqual(refused('not-allowed'))
    expect(await scene.says(scene.dana, notMe)).toEqual(heard)
    hold.open()
    expect(await scene.handle.result()).toBe('stopped')
    expect(extension.facts().slice(-3)).toEqual(['stopped', 'revoked', 'ended'])
    expect(scene.world.exceptionChain.facts().at(-1)).toMatchObject({ outcome: 'replaced' })
    await scene.past('replaced-stopped')
  })

  it('is dead with it when somebody ended the first while the new one was being made', async () => {
    const { scene, extension } = await asked('tap')
    await extension.says(marco, approve)
    const { grant } = scene.world.acts
    const [minting, release] = [gate(), gate()]
    scene.world.acts.grant = async (order) => {
      minting.open()
      await release.opened
      return grant(order)
    }
    const claimed = extension.says(scene.dana, claim)
    await minting.opened
    const revoked = scene.says(hanna, revoke)
    const { exceptionId } = extension.request.statement
    await scene.until(async () => (await scene.letIn()) === 6, 'the word is there')
    release.open()
    expect(await claimed).toEqual(heard)
    expect(await revoked).toEqual(heard)
    expect(await scene.handle.result()).toBe('revoked')
    expect(extension.last()).toMatchObject({ outcome: 'revoked' })
    expect(scene.world.ended).toContainEqual(expect.objectContaining({ exceptionId }))
    expect(scene.world.pass).toBe('gone')
  })

  it('counts what was refused on the first against that one alone', async () => {
    const { scene, extension } = await asked('tap')
    await extension.says(marco, approve)
    // Olga is an approver by the rule of the longer one alone.
    const { hear } = scene.world.acts
    scene.world.acts.hear = async (envelope, about) => {
      const hearing = await hear(envelope, about)
      const isOlgas = envelope.statement.actor.person === olga.actor.person
      if (hearing.is !== 'heard' || !isOlgas) return hearing
      const mayApprove = about.exceptionId === extension.request.statement.exceptionId
      return { ...hearing, standing: { ...hearing.standing, active: true, mayApprove } }
    }
    await extension.says(scene.dana, claim)
    await scene.until(() => scene.facts().at(-1) === 'ended', 'replaced')
    for (let tries = 0; tries < 3; tries += 1)
      expect(await scene.says(olga, revoke)).toEqual(refused('not-allowed'))
    expect(await scene.says(olga, revoke)).toEqual(refused('enough-refusals'))
    expect(await extension.says(olga, revoke)).toEqual(heard)
    expect(await scene.handle.result()).toBe('revoked')
  })

  it('says that it is over in the next exception of the same person, and raises no alarm there', async () => {
    const { scene, extension } = await asked('tap')
    await extension.says(marco, approve)
    await extension.says(scene.dana, claim)
    scene.world.pass = 'used'
    expect(await scene.handle.result()).toBe('used')
    const next = sceneOf(stage, { kind: 'tap', dana: scene.dana })
    await next.shown()
    expect(await scene.says(scene.dana, notMe)).toEqual(refused('over'))
    expect(next.facts()).toEqual(begun)
    await next.says(scene.dana, revoke)
    await next.ends('revoked')
  })

  it('is ended by whoever ends the first one long after that is over', async () => {
    const { scene, extension } = await asked('tap')
    await extension.says(marco, approve)
    await extension.says(scene.dana, claim)
    await scene.until(() => scene.facts().at(-1) === 'ended', 'replaced')
    expect(await scene.says(hanna, revoke)).toEqual(heard)
    expect(await scene.handle.result()).toBe('revoked')
    expect(extension.last()).toMatchObject({ outcome: 'revoked' })
  })

  it('the new one can be given more time as well', async () => {
    const { scene, extension } = await asked('tap')
    await extension.says(marco, approve)
    await extension.says(scene.dana, claim)
    const again = scene.extension({ extends: extension.request.statement.exceptionId })
    expect(await again.asks()).toEqual(heard)
    await again.says(marco, approve)
    expect(await again.says(scene.dana, claim)).toEqual(heard)
    await scene.until(() => extension.facts().at(-1) === 'ended', 'replaced twice')
    expect(extension.last()).toMatchObject({ outcome: 'replaced' })
    scene.world.pass = 'over'
    expect(await scene.handle.result()).toBe('expired')
    await scene.past('replaced-twice')
  })

  it('an operator who cancels ends the new one', async () => {
    const { scene, extension } = await asked('tap')
    await extension.says(marco, approve)
    await extension.says(scene.dana, claim)
    await scene.until(() => scene.facts().at(-1) === 'ended', 'replaced')
    await scene.handle.cancel()
    expect(await scene.handle.result()).toBe('revoked')
    expect(extension.facts().slice(-3)).toEqual(['cancelled', 'revoked', 'ended'])
  })
})

describe.concurrent.each(['tap', 'bypass'] as const)('more time for a %s', (kind) => {
  it('is denied by an approver, withdrawn by whoever asked, and can be asked for again', async () => {
    const { scene, extension } = await asked(kind)
    expect(await extension.says(marco, deny)).toEqual(heard)
    expect(await extension.asks()).toEqual(refused('over'))
    const second = scene.extension()
    expect(await second.asks()).toEqual(heard)
    expect(await second.says(hanna, withdraw)).toEqual(heard)
    await scene.until(() => second.last()?.type === 'ended', 'withdrawn')
    expect(extension.last()).toMatchObject({ outcome: 'denied' })
    expect(second.last()).toMatchObject({ outcome: 'withdrawn' })
    await scene.says(scene.dana, revoke)
    await scene.ends('revoked', `more-time-denied`)
    expect(scene.facts()).toEqual([...begun, 'revoke-asked', 'revoked', 'ended'])
  })

  it('times out by itself, after its approvers were reminded', async () => {
    const scene = sceneOf(stage, { kind, plan: { answerWithin: 6, ping: { every: 1, backoff: 10 } } })
    await scene.shown()
    const extension = scene.extension()
    await extension.asks()
    await scene.until(() => extension.last()?.type === 'ended', 'timed out')
    expect(extension.facts()).toEqual(['requested', 'admitted', 'pinged', 'timed-out', 'ended'])
    await scene.says(scene.dana, revoke)
    await scene.ends('revoked')
  })

  it('is refused by admission like every other request, and leaves what is out alone', async () => {
    const scene = sceneOf(stage, { kind })
    await scene.shown()
    const { admit } = scene.world.acts
    scene.world.acts.admit = async (request) => {
      const judged = await admit(request)
      return judged.is === 'forged' ? judged : { ...judged, plan: no({ code: 'too-long', longest: 60 }) }
    }
    const extension = scene.extension()
    expect(await extension.asks()).toEqual(refused('too-long'))
    await scene.until(() => extension.facts().length === 3, 'written down')
    expect(extension.facts()).toEqual(['requested', 'refused', 'ended'])
    expect(scene.facts()).toEqual(begun)
    await scene.says(scene.dana, revoke)
    await scene.ends('revoked')
  })

  it('is asked for once at a time, and not before anything is out', async () => {
    const scene = sceneOf(stage, { kind })
    await scene.approved()
    expect(await scene.extension().asks()).toEqual(refused('extend-none'))
    await scene.says(scene.dana, claim)
    expect(await scene.extension().asks()).toEqual(heard)
    expect(await scene.extension().asks()).toEqual(refused('extend-pending'))
    await scene.says(scene.dana, revoke)
    await scene.ends('revoked')
  })

  it.each([
    ['used', 'extend-used'],
    ['gone', 'extend-none'],
  ] as const)('is over with what it was for: %s', async (pass, code) => {
    const { scene, extension } = await asked(kind)
    scene.world.pass = pass
    await scene.handle.result()
    expect(extension.facts()).toEqual(['requested', 'admitted', 'not-extended', 'ended'])
    expect(scene.world.chainOf(extension.request.statement.exceptionId).facts().at(-2)).toMatchObject({
      refusal: { code },
    })
  })

  it('is over when what it was for was not seen, which opens again without it', async () => {
    const { scene, extension } = await asked(kind)
    expect(await scene.says(scene.dana, notSeen)).toEqual(heard)
    await scene.until(() => scene.facts().at(-1) === 'reopened', 'open again')
    expect(extension.last()).toMatchObject({ outcome: 'not-extended' })
    expect(await extension.says(marco, approve)).toEqual(refused('over'))
    await scene.says(scene.dana, revoke)
    await scene.ends('revoked')
  })

  it('stops everything when the person did not ask for it', async () => {
    const { scene, extension } = await asked(kind)
    expect(await extension.says(scene.dana, notMe)).toEqual(heard)
    await scene.ends('stopped', 'more-time-not-me')
    expect(scene.facts()).toEqual([...begun, 'stopped', 'revoked', 'ended'])
    expect(extension.last()).toMatchObject({ outcome: 'stopped' })
  })

  it('holds up nothing while it is being ended itself', async () => {
    const { scene, extension } = await asked(kind)
    const hold = gate()
    const { end } = scene.world.acts
    scene.world.acts.end = async (order) => {
      if (order.exceptionId === extension.request.statement.exceptionId) await hold.opened
      return end(order)
    }
    expect(await extension.says(scene.dana, notMe)).toEqual(heard)
    await scene.until(() => scene.world.pass === 'gone', 'what is out is gone')
    hold.open()
    await scene.ends('stopped')
  })

  it('is revoked alone by who may, and what is out goes on', async () => {
    const { scene, extension } = await asked(kind)
    expect(await extension.says(olga, revoke)).toEqual(refused('not-allowed'))
    expect(await extension.says(hanna, revoke)).toEqual(heard)
    await scene.until(() => extension.last()?.type === 'ended', 'revoked')
    expect(scene.facts()).toEqual(begun)
    scene.world.pass = 'used'
    await scene.ends('used')
  })

  it('counts for nothing when it is forged, or about somebody else, and what is out goes on', async () => {
    const scene = sceneOf(stage, { kind })
    await scene.shown()
    const { admit } = scene.world.acts
    scene.world.acts.admit = async () => ({ is: 'forged' })
    expect(await scene.extension().asks()).toEqual(refused('unverified'))
    scene.world.acts.admit = admit
    expect(await scene.extension({ subject: 'entra:somebody-else' }).asks()).toEqual(refused('unverified'))
    await scene.until(() => scene.facts().length === 6, 'written down')
    expect(scene.facts()).toEqual([...begun, 'forged', 'forged'])
    scene.world.pass = 'used'
    await scene.ends('used')
  })
})
