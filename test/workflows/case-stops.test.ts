import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ruledKinds } from '../../src/core/kinds.ts'
import { stop } from '../../src/workflows/messages.ts'
import { reportOf } from './case-scene.ts'
import { approve, claim, hanna, marco, notSeen, olga, revoke, sam, someDana } from './given.ts'
import { gate, heard, sceneOf, type Scene } from './scene.ts'
import { startStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.close())

/** The states in which a report finds an exception, and how often something then has to be ended at the provider. */
const states: readonly (readonly [string, (scene: Scene) => Promise<unknown>, number])[] = [
  ['waiting', (scene) => scene.ask(), 0],
  ['approved', (scene) => scene.approved(), 1],
  ['active', (scene) => scene.shown(), 1],
]
const ofEachKind = ruledKinds.flatMap((kind) => states.map((state) => [kind, ...state] as const))

describe.concurrent.each(ofEachKind)('%s: while it is %s, a report of fraud', (kind, state, reach, ends) => {
  it('stops it, whoever reported, and nobody is followed up', async () => {
    const scene = sceneOf(stage, { kind })
    await reach(scene)
    const report = reportOf(scene.dana, olga)
    await scene.handle.signal(stop, report)
    await scene.ends('stopped', `fraud-${state}`)
    expect(scene.facts().slice(-3)).toEqual(['stopped-for-case', 'revoked', 'ended'])
    const { caseId } = report.statement
    expect(scene.world.exceptionChain.facts().at(-3)).toMatchObject({ caseId })
    expect(scene.times('end')).toBe(ends)
    expect(scene.world.handedOver).toEqual([])
    expect(await scene.says(scene.dana, claim)).toBe('over')
  })

  it('that is forged, or about somebody else, is an alarm and stops nothing', async () => {
    const scene = sceneOf(stage, { kind })
    await reach(scene)
    await scene.handle.signal(stop, { ...reportOf(scene.dana, olga), signature: 'forged' })
    await scene.handle.signal(stop, reportOf(someDana(), olga))
    await scene.until(() => scene.facts().filter((type) => type === 'forged').length === 2, 'told')
    expect(scene.facts()).not.toContain('stopped-for-case')
    await scene.says(sam, revoke)
    await scene.ends('revoked')
  })
})

describe.concurrent.each(ruledKinds)('%s: a report of fraud', (kind) => {
  it('stops what is being asked for once it was admitted', async () => {
    const scene = sceneOf(stage, { kind })
    const { admit } = scene.world.acts
    const hold = gate()
    scene.world.acts.admit = async (request) => {
      await hold.opened
      return admit(request)
    }
    await scene.engine.start(scene.request)
    await scene.until(() => scene.times('admit') > 0, 'admission is under way')
    await scene.handle.signal(stop, reportOf(scene.dana, scene.dana))
    hold.open()
    await scene.ends('stopped', 'fraud-at-admission')
    expect(scene.facts()).toEqual(['requested', 'admitted', 'stopped-for-case', 'revoked', 'ended'])
  })

  it('stops what a mint in hand makes', async () => {
    const scene = sceneOf(stage, { kind })
    const { grant } = scene.world.acts
    const hold = gate()
    scene.world.acts.grant = async (order) => {
      await hold.opened
      return grant(order)
    }
    await scene.approved()
    const pressed = scene.says(scene.dana, claim)
    await scene.until(() => scene.times('grant') > 0, 'the mint is under way')
    await scene.handle.signal(stop, reportOf(scene.dana, hanna))
    hold.open()
    await pressed
    await scene.ends('stopped', 'fraud-at-mint')
    expect(scene.world.pass).toBe('gone')
    expect(scene.facts().slice(-4)).toEqual(['shown', 'stopped-for-case', 'revoked', 'ended'])
  })

  it('while a code that was not seen is being ended: it does not open again', async () => {
    const scene = sceneOf(stage, { kind })
    const { end } = scene.world.acts
    let down = true
    scene.world.acts.end = (order) => (down ? Promise.reject(new Error('no answer')) : end(order))
    await scene.shown()
    await scene.says(scene.dana, notSeen)
    await scene.handle.signal(stop, reportOf(scene.dana, hanna))
    await scene.until(() => scene.facts().includes('stopped-for-case'), 'heard')
    down = false
    await scene.ends('stopped', 'fraud-after-not-seen')
    expect(scene.facts()).not.toContain('reopened')
  })

  it('adds nothing to what is being ended for good', async () => {
    const scene = sceneOf(stage, { kind })
    const { end } = scene.world.acts
    let down = true
    scene.world.acts.end = (order) => (down ? Promise.reject(new Error('no answer')) : end(order))
    await scene.shown()
    await scene.says(sam, revoke)
    await scene.handle.signal(stop, reportOf(scene.dana, hanna))
    await scene.until(() => scene.times('hearReport') === 1, 'heard')
    down = false
    await scene.ends('revoked')
    expect(scene.facts()).not.toContain('stopped-for-case')
  })

  it('stops what was asked for as more time as well', async () => {
    const scene = sceneOf(stage, { kind })
    await scene.shown()
    const extension = scene.extension()
    expect(await extension.asks()).toEqual(heard)
    await scene.handle.signal(stop, reportOf(scene.dana, hanna))
    await scene.ends('stopped', 'fraud-more-time')
    expect(extension.facts()).toEqual(['requested', 'admitted', 'not-extended', 'ended'])
  })
})

describe.concurrent('a report of fraud after a pass was replaced by a longer one', () => {
  it('stops the longer one', async () => {
    const scene = sceneOf(stage)
    await scene.shown()
    const extension = scene.extension()
    await extension.asks()
    await extension.says(marco, approve)
    await scene.until(() => extension.facts().includes('approved'), 'approved')
    expect(await extension.says(scene.dana, claim)).toEqual(heard)
    await scene.until(() => scene.facts().at(-1) === 'ended', 'replaced')
    await scene.handle.signal(stop, reportOf(scene.dana, hanna))
    expect(await scene.handle.result()).toBe('stopped')
    expect(scene.facts().slice(-3)).toEqual(['replaced', 'revoked', 'ended'])
    expect(extension.facts().slice(-3)).toEqual(['stopped-for-case', 'revoked', 'ended'])
    expect(scene.world.pass).toBe('gone')
    await scene.past('fraud-replaced')
  })
})
