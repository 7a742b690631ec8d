import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ruledKinds } from '../../src/core/kinds.ts'
import { no } from '../../src/core/result.ts'
import { approve, ava, claim, deny, hanna, marco, withdraw } from './given.ts'
import { heard, refused, sceneOf } from './scene.ts'
import { startStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.close())

describe.concurrent.each(ruledKinds)('%s: an exception ends', (kind) => {
  it('refused, when admission says no; nobody is asked', async () => {
    const scene = sceneOf(stage, { kind })
    const { admit } = scene.world.acts
    scene.world.acts.admit = async (request) => {
      const judged = await admit(request)
      return judged.is === 'forged' ? judged : { ...judged, plan: no({ code: 'privileged' }) }
    }
    expect(await scene.ask()).toEqual(refused('privileged'))
    await scene.ends('refused', 'refused')
    expect(scene.facts()).toEqual(['requested', 'refused', 'ended'])
  })

  it('refused for now, when the directory can not be asked', async () => {
    const scene = sceneOf(stage, { kind })
    scene.world.acts.admit = () => Promise.reject(ApplicationFailure.nonRetryable('The directory is down.'))
    expect(await scene.ask()).toEqual(refused('not-now'))
    await scene.ends('refused', 'directory-down')
    expect(scene.facts()).toEqual(['requested', 'refused', 'ended'])
  })

  it('not at all, when its request was forged: it fails, and nothing of it is told', async () => {
    const scene = sceneOf(stage, { kind })
    scene.world.acts.admit = async () => ({ is: 'forged' })
    expect(await scene.engine.start(scene.request)).toBe(true)
    await expect(scene.handle.result()).rejects.toThrow('Workflow execution failed')
    await scene.past('forged')
    expect(scene.world.ran).toEqual(['admit'])
    expect(await scene.engine.admission(scene.request, 1000)).toBe('later')
    expect(scene.facts()).toEqual([])
  })

  it('denied by one approver; later clicks are told that it is over', async () => {
    const scene = sceneOf(stage, { kind })
    expect(await scene.ask()).toMatchObject({ ok: true, value: { asked: 'Marco Silva, Ava Chen' } })
    expect(await scene.says(marco, deny)).toEqual(heard)
    await scene.ends('denied', 'denied')
    expect(scene.facts()).toEqual(['requested', 'admitted', 'denied', 'ended'])
    expect(await scene.says(ava, approve)).toBe('over')
  })

  it('withdrawn by the requester', async () => {
    const scene = sceneOf(stage, { kind })
    await scene.ask()
    expect(await scene.says(hanna, withdraw)).toEqual(heard)
    await scene.ends('withdrawn', 'withdrawn')
    expect(scene.facts()).toEqual(['requested', 'admitted', 'withdrawn', 'ended'])
  })

  it('timed out, after the approvers were pinged with growing pauses', async () => {
    const scene = sceneOf(stage, { kind, plan: { answerWithin: 20, ping: { every: 1, backoff: 3 } } })
    await scene.ask()
    await scene.ends('timed-out', 'timed-out')
    const pings = ['pinged', 'pinged', 'pinged']
    expect(scene.facts()).toEqual(['requested', 'admitted', ...pings, 'timed-out', 'ended'])
    const [requested, , ...later] = scene.world.exceptionChain.facts()
    const after = later.map(({ at }) => at - (requested?.at ?? 0))
    for (const [index, due] of [1000, 4000, 13_000, 20_000].entries()) {
      expect(after[index]).toBeGreaterThanOrEqual(due)
    }
  })

  it('never claimed, when the subject does not come in time', async () => {
    const scene = sceneOf(stage, { kind, plan: { claimWithin: 1 } })
    await scene.approved()
    await scene.ends('never-claimed', 'never-claimed')
    expect(scene.facts()).toEqual(['requested', 'admitted', 'approved', 'never-claimed', 'ended'])
    expect(scene.world.ran).not.toContain('grant')
    expect(scene.world.ran).not.toContain('end')
    expect(await scene.says(scene.dana, claim)).toBe('over')
  })

  it('used, and then it is handed to the follow-up', async () => {
    const scene = sceneOf(stage, { kind })
    await scene.shown()
    expect(scene.world.handedOver).toEqual([])
    scene.world.pass = 'used'
    await scene.ends('used')
    expect(scene.facts()).toEqual(['requested', 'admitted', 'approved', 'shown', 'used', 'ended'])
    const { exceptionId } = scene.request.statement
    expect(scene.world.handedOver).toEqual([
      expect.objectContaining({ exceptionId, subject: scene.dana.actor.person }),
    ])
    expect(scene.world.ran).not.toContain('end')
  })

  it('expired, once the provider has confirmed that it is gone; the code left the screen before', async () => {
    const scene = sceneOf(stage, { kind, plan: { duration: 6, visible: 0.25 } })
    await scene.shown()
    await scene.ends('expired', 'expired')
    expect(scene.facts()).toEqual([
      'requested',
      'admitted',
      'approved',
      'shown',
      'hidden',
      'expired',
      'ended',
    ])
    expect(scene.world.pass).toBe('gone')
    expect(scene.times('hideCode')).toBe(1)
    expect(scene.world.handedOver).toEqual([])
  })

  it('expired, when the provider calls it over before its time', async () => {
    const scene = sceneOf(stage, { kind })
    await scene.shown()
    scene.world.pass = 'over'
    await scene.ends('expired')
    expect(scene.times('end')).toBe(1)
  })

  it('expired only after the pass was ended, when expiry failed at the provider', async () => {
    const scene = sceneOf(stage, { kind, plan: { duration: 1 } })
    const { end } = scene.world.acts
    scene.world.acts.end = (order) =>
      scene.times('end') < 2 ? Promise.reject(new Error('still listed')) : end(order)
    await scene.shown()
    await scene.until(() => scene.times('end') > 0, 'the end is tried')
    expect(scene.facts()).not.toContain('expired')
    await scene.ends('expired')
    expect(scene.times('end')).toBe(2)
    expect(scene.world.ended.map(({ shown }) => shown?.lease.credentialId)).toEqual(['pass-1'])
  })

  it('used, when the last look before expiry missed it and the end found it', async () => {
    const scene = sceneOf(stage, { kind, plan: { duration: 1 } })
    scene.world.acts.watch = () => Promise.reject(new Error('no answer'))
    await scene.shown()
    scene.world.pass = 'used'
    await scene.ends('used', 'used-at-expiry')
    expect(scene.facts().slice(-3)).toEqual(['shown', 'used', 'ended'])
    expect(scene.world.handedOver).toHaveLength(1)
  })

  it('revoked, when the pass vanished at the provider; it may have been used, so it is followed up', async () => {
    const scene = sceneOf(stage, { kind })
    await scene.shown()
    scene.world.pass = 'gone'
    await scene.ends('revoked', 'vanished')
    expect(scene.facts().slice(-2)).toEqual(['vanished', 'ended'])
    expect(scene.world.handedOver).toHaveLength(1)
  })
})

describe.concurrent.each(ruledKinds)('%s: when several people must approve', (kind) => {
  it('their exception waits for the last one, and the mint gets what each of them signed', async () => {
    const scene = sceneOf(stage, { kind, plan: { needed: 2 } })
    const { grant } = scene.world.acts
    const by: string[] = []
    scene.world.acts.grant = async (order) => {
      by.push(...order.approvals.map(({ statement }) => statement.actor.person))
      return grant(order)
    }
    await scene.ask()
    expect(await scene.says(marco, approve)).toEqual(heard)
    expect(await scene.says(scene.dana, claim)).toEqual(refused('not-approved'))
    expect(await scene.says(ava, approve)).toEqual(heard)
    expect(await scene.says(scene.dana, claim)).toEqual(heard)
    scene.world.pass = 'used'
    await scene.ends('used', 'two-approvers')
    expect(by).toEqual([marco.actor.person, ava.actor.person])
  })
})
