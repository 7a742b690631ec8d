import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { steps } from '../../src/core/fraud/plan.ts'
import { stop } from '../../src/workflows/messages.ts'
import { caseOf, close, note, reportOf, stoppedCase, take, unblock } from './case-scene.ts'
import { hanna, marco, olga, sam, signed, sue } from './given.ts'
import { heard, refused } from './scene.ts'
import { startStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.close())

describe.concurrent('words about a case', () => {
  it('count for nothing where they are forged, or about another case', async () => {
    const scene = await stoppedCase(stage)
    expect(await scene.forges(sam, take)).toEqual(refused('unverified'))
    const other = reportOf(scene.dana, hanna)
    expect(await scene.say(scene.said(sam, take, undefined, other))).toEqual(refused('unverified'))
    expect(await scene.say(scene.said(olga, note, 'forged'))).toEqual(refused('unverified'))
    await scene.until(() => scene.told('case-forged').length === 3, 'told')
    expect(scene.last()).not.toHaveProperty('taken')
    await scene.says(sue, unblock(await scene.asksToClose()))
    await scene.ends('confirmed', 'forged-words')
  })

  it('are refused to whoever may not say them, and that is told', async () => {
    const scene = await stoppedCase(stage)
    const asked = await scene.asksToClose()
    const { dana } = scene
    const refusals = [
      [olga, note, 'not-allowed'],
      [olga, take, 'security-only'],
      [hanna, take, 'security-only'],
      [marco, close(), 'security-only'],
      [dana, close(), 'security-only'],
      [dana, unblock(asked), 'security-only'],
      [hanna, unblock(asked), 'security-only'],
      [sam, unblock(asked), 'second-person'],
      [sue, unblock('another'), 'nothing-to-agree'],
      [sam, close({ methodsReviewed: false }), 'not-made-safe'],
    ] as const
    for (const [who, word, code] of refusals) expect(await scene.says(who, word)).toEqual(refused(code))
    await scene.until(() => scene.told('word-refused').length === refusals.length, 'told')
    expect(scene.told('word-refused').map(({ refusal }) => refusal.code)).toEqual(
      refusals.map(([, , code]) => code),
    )
    expect(scene.times('giveBack')).toBe(0)
    await scene.says(sue, unblock(asked))
    await scene.ends('confirmed', 'refused-words')
  })

  it('of whoever reported do not give the account back', async () => {
    const scene = caseOf(stage)
    const report = scene.reports(sue)
    await scene.opens(report)
    await scene.until(() => scene.done(report).length === steps.length, 'all is done')
    const word = scene.said(sam, close(), undefined, report)
    await scene.say(word)
    const agree = unblock(word.signature)
    expect(await scene.say(scene.said(sue, agree, undefined, report))).toEqual(refused('own-report'))
    const other = scene.said(sue, close(), undefined, report)
    await scene.say(other)
    expect(await scene.say(scene.said(sam, agree, undefined, report))).toEqual(refused('nothing-to-agree'))
    expect(await scene.say(scene.said(sam, unblock(other.signature), undefined, report))).toEqual(heard)
    await scene.ends('confirmed', 'own-report')
  })

  it('of nobody else count as long as it is not known who took part', async () => {
    const scene = caseOf(stage)
    const { lookAround } = scene.world.acts
    scene.world.acts.lookAround = () => Promise.reject(new Error('no answer'))
    await scene.opens()
    const asked = await scene.asksToClose()
    expect(await scene.says(sue, unblock(asked))).toEqual(refused('not-now'))
    scene.world.acts.lookAround = lookAround
    await scene.until(() => scene.facts().includes('looked-around'), 'looked around')
    expect(await scene.says(sue, unblock(asked))).toEqual(heard)
    await scene.ends('confirmed', 'looked-around-late')
  })

  it('are over once it is closed', async () => {
    const scene = await stoppedCase(stage)
    await scene.says(sue, unblock(await scene.asksToClose()))
    await scene.ends('confirmed')
    expect(await scene.says(sam, take)).toEqual(refused('over'))
  })

  it('are refused for now while nobody can be asked who speaks', async () => {
    const scene = await stoppedCase(stage)
    const { hearWord } = scene.world.acts
    scene.world.acts.hearWord = () =>
      Promise.reject(ApplicationFailure.nonRetryable('down', 'graph-unavailable'))
    expect(await scene.says(sam, take)).toEqual(refused('not-now'))
    scene.world.acts.hearWord = hearWord
    expect(await scene.says(sam, take)).toEqual(heard)
    await scene.says(sue, unblock(await scene.asksToClose()))
    await scene.ends('confirmed', 'nobody-to-ask')
  })

  it('that are no words at all are not let in', async () => {
    const scene = await stoppedCase(stage)
    await scene.handle.signal(stop, signed({ ...scene.report.statement, kind: 'take', body: {} }, 'forged'))
    await scene.handle.signal(stop, { junk: true } as never)
    await scene.until(() => scene.facts().includes('case-forged'), 'told')
    expect(scene.told('case-forged')).toHaveLength(1)
    await scene.says(sue, unblock(await scene.asksToClose()))
    await scene.ends('confirmed')
  })
})

describe.concurrent('a case that nobody takes', () => {
  it('is told again, until somebody takes it', async () => {
    const scene = caseOf(stage)
    scene.cases.takeWithin = 1
    await scene.opens()
    await scene.until(() => scene.told('not-taken').length === 2, 'told twice')
    expect(scene.told('not-taken').map(({ times }) => times)).toEqual([1, 2])
    await scene.says(sam, take)
    await scene.says(sue, unblock(await scene.asksToClose()))
    const { timers } = await scene.ends('confirmed', 'not-taken')
    const waits = timers.flatMap(([said, seconds]) => (said.includes('takes the case') ? [seconds] : []))
    expect(Math.max(...waits)).toBeLessThanOrEqual(4)
  })

  it('is raised after a long time, though somebody took it, until it is closed', async () => {
    const scene = caseOf(stage)
    scene.cases.raisedEvery = 2
    await scene.opens()
    await scene.says(sam, take)
    await scene.until(() => scene.told('raised').length === 2, 'raised twice')
    expect(scene.told('raised').map(({ times }) => times)).toEqual([1, 2])
    await scene.says(sue, unblock(await scene.asksToClose()))
    await scene.ends('confirmed', 'raised')
  })
})

describe.concurrent('whoever reported', () => {
  it('may say that it was a mistake, which changes nothing else; nobody else may', async () => {
    const scene = caseOf(stage)
    await scene.opens()
    const mistake = { kind: 'mistake', body: {} } as const
    expect(await scene.says(sam, mistake)).toEqual(refused('not-allowed'))
    expect(await scene.says(scene.dana, mistake)).toEqual(heard)
    expect(await scene.says(scene.dana, mistake)).toEqual(heard)
    await scene.says(sue, unblock(await scene.asksToClose()))
    await scene.ends('confirmed', 'mistaken')
    expect(scene.told('said-mistaken')).toHaveLength(1)
  })
})
