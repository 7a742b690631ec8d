import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { steps, type Step } from '../../src/core/fraud/plan.ts'
import type { StepResult } from '../../src/core/fraud/fact.ts'

import { fraudWorkflowId } from '../../src/core/names.ts'
import { no } from '../../src/core/result.ts'
import { stop } from '../../src/workflows/messages.ts'
import { caseNow } from '../../src/workflows/messages.ts'
import { block, caseOf, close, note, reportOf, stoppedCase, take, unblock } from './case-scene.ts'
import { hanna, marco, olga, sam, someDana, sue } from './given.ts'
import { readPast } from './past.ts'
import { gate, heard, refused } from './scene.ts'
import { startStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.close())

type Scene = ReturnType<typeof caseOf>

const everyStep = steps.toSorted()
const always = ['exceptions', 'passes']
/** Lets a step fail until the test says so; then it does what it would have done. */
function failing(scene: Scene, step: Step, failure: () => Error = () => new Error('no answer')) {
  const { takeStep } = scene.world.acts
  const down = { is: true }
  scene.world.acts.takeStep = (order) =>
    down.is && order.step === step ? Promise.reject(failure()) : takeStep(order)
  return down
}

describe.concurrent('a case', () => {
  it('that blocked somebody is closed by two people of security, and the account is given back', async () => {
    const scene = await stoppedCase(stage)
    expect(await scene.says(sam, take)).toEqual(heard)
    expect(await scene.says(hanna, note)).toEqual(heard)
    const asked = await scene.asksToClose()
    expect(await scene.says(sue, unblock(asked))).toEqual(heard)
    const { summaries } = await scene.ends('confirmed', 'confirmed')
    expect(summaries).toContain('Wait until somebody takes the case; then tell security again')
    expect(scene.facts().slice(-6)).toEqual([
      'taken',
      'noted',
      'close-asked',
      'unblock-agreed',
      'unblocked',
      'case-closed',
    ])
    const [order] = scene.cases.given
    expect(order).toMatchObject({ report: scene.report, again: [], close: { signature: asked } })
    expect(order?.unblock.statement).toMatchObject({ actor: sue.actor, body: { close: asked } })
    expect(scene.last()).toMatchObject({ status: 'closed', outcome: 'confirmed', unblocked: { is: 'done' } })
  })

  it('that blocked nobody is closed by one', async () => {
    const scene = caseOf(stage)
    const report = scene.reports(marco)
    expect(await scene.engine.report(report)).toBe(report.statement.caseId)
    await scene.until(() => scene.done(report).length === 2, 'what follows from every report is done')
    expect(scene.done(report)).toEqual(always)
    const word = { ...close({ outcome: 'false-alarm', passwordReset: false }) }
    expect(await scene.say(scene.said(sam, word, undefined, report))).toEqual(heard)
    await scene.ends('false-alarm', 'false-alarm')
    expect(scene.facts(report).slice(-2)).toEqual(['close-asked', 'case-closed'])
    expect(scene.cases.given).toEqual([])
  })

  it('that was a test is closed as one', async () => {
    const scene = await stoppedCase(stage)
    const asked = await scene.asksToClose({ outcome: 'test' })
    expect(await scene.says(sue, unblock(asked))).toEqual(heard)
    await scene.ends('test', 'test')
  })

  it('goes on when the two may not give the account back, and another person agrees', async () => {
    const scene = await stoppedCase(stage)
    const { giveBack } = scene.world.acts
    scene.world.acts.giveBack = async () => no({ code: 'took-part' })
    const asked = await scene.asksToClose()
    expect(await scene.says(sue, unblock(asked))).toEqual(heard)
    await scene.until(() => scene.facts().at(-1) === 'agreement-void', 'it is void')
    expect(scene.told('agreement-void')).toMatchObject([{ refusal: { code: 'took-part' } }])
    expect(await scene.handle.query(caseNow)).toMatchObject({ status: 'open', voided: { code: 'took-part' } })
    scene.world.acts.giveBack = giveBack
    expect(await scene.says(sue, unblock(asked))).toEqual(heard)
    await scene.ends('confirmed', 'agreed-anew')
    expect(await scene.handle.query(caseNow)).toMatchObject({ status: 'closed', unblocked: { is: 'done' } })
    expect(scene.facts().slice(-5)).toEqual([
      'unblock-agreed',
      'agreement-void',
      'unblock-agreed',
      'unblocked',
      'case-closed',
    ])
  })

  it('goes on when nobody could be asked whether the account may be given back', async () => {
    const scene = await stoppedCase(stage)
    const { giveBack } = scene.world.acts
    scene.world.acts.giveBack = () =>
      Promise.reject(ApplicationFailure.nonRetryable('down', 'postgres-unavailable'))
    const asked = await scene.asksToClose()
    await scene.says(sue, unblock(asked))
    await scene.until(() => scene.facts().at(-1) === 'agreement-void', 'it is void')
    expect(scene.told('agreement-void')).toMatchObject([
      { refusal: { code: 'not-now', service: 'postgres' } },
    ])
    scene.world.acts.giveBack = giveBack
    await scene.says(sue, unblock(asked))
    await scene.ends('confirmed')
  })

  it('says what a person has to give back by hand', async () => {
    const scene = await stoppedCase(stage)
    const byHand: StepResult = { is: 'impossible', because: 'forbidden' }
    scene.world.acts.giveBack = async () => ({ ok: true, value: byHand })
    await scene.says(sue, unblock(await scene.asksToClose()))
    await scene.ends('confirmed', 'given-back-by-hand')
    expect(scene.last()?.unblocked).toEqual(byHand)
  })

  it('that is closed ends when the passes are ended, and hears who reports until then', async () => {
    const scene = caseOf(stage)
    const down = failing(scene, 'passes')
    await scene.opens(scene.reports(marco))
    const first = scene.cases.told[0]?.state.report.caseId ?? ''
    const ask = scene.said(sam, close({ outcome: 'test' }))
    await scene.say({ ...ask, statement: { ...ask.statement, caseId: first } })
    await scene.until(() => scene.last()?.status === 'closed', 'closed')
    expect((await scene.handle.describe()).status.name).toBe('RUNNING')
    await scene.handle.signal(stop, scene.report)
    await scene.until(() => scene.facts()[0] === 'reported', 'a case of their own')
    down.is = false
    await scene.until(() => scene.done().includes('passes'), 'ended')
    await scene.handle.terminate()
  })

  it('that is closed is not opened again by its report, and whoever reports meanwhile has one', async () => {
    const scene = caseOf(stage)
    const { openCase } = scene.world.acts
    const late = scene.reports(hanna)
    const opening = gate()
    scene.world.acts.openCase = async (report) => {
      if (report.signature !== scene.report.signature) return openCase(report)
      await opening.opened
      return { is: 'over' }
    }
    await scene.engine.report(scene.report)
    await scene.handle.signal(stop, late)
    opening.open()
    await scene.until(() => scene.facts(late)[0] === 'reported', 'opened')
    expect(scene.facts()).toEqual([])
    await scene.handle.terminate()
  })

  it('that nobody reported is none: a forged report begins nothing', async () => {
    const scene = caseOf(stage)
    const forged = { ...scene.report, signature: 'forged' }
    await scene.engine.report(forged)
    await expect(scene.handle.result()).rejects.toMatchObject({ cause: { type: 'forged' } })
    expect(scene.facts()).toEqual([])
    await readPast(scene.handle, 'fraud-forged')
  })
})

describe.concurrent('what is done at once', () => {
  it.each(steps)('%s: goes on until it is done, and holds up nothing else', async (step) => {
    const scene = caseOf(stage)
    const down = failing(scene, step)
    await scene.opens()
    await scene.until(() => scene.done().length === steps.length - 1, 'the others are done')
    expect(scene.done()).toEqual(everyStep.filter((one) => one !== step))
    expect(await scene.says(sam, take)).toEqual(heard)
    down.is = false
    await scene.until(() => scene.done().includes(step), 'done later')
    const asked = await scene.asksToClose()
    await scene.says(sue, unblock(asked))
    await scene.ends('confirmed', `${step}-later`)
  })

  it('is begun before anybody is known, where it follows from every report', async () => {
    const scene = caseOf(stage)
    const { openCase } = scene.world.acts
    const hold = gate()
    scene.world.acts.openCase = async (report) => {
      await hold.opened
      return openCase(report)
    }
    await scene.engine.report(scene.report)
    await scene.until(() => scene.cases.steps.length === 2, 'what can be done is done')
    expect(scene.facts()).toEqual([])
    hold.open()
    await scene.until(() => scene.done().length === steps.length, 'all is done')
    expect(scene.facts().slice(0, 3)).toEqual(['reported', 'step-taken', 'step-taken'])
    await scene.says(sue, unblock(await scene.asksToClose()))
    await scene.ends('confirmed', 'opened-late')
  })

  it('is told where Hallpass can’t do it, and nothing has to be given back then', async () => {
    const scene = caseOf(stage)
    const { takeStep } = scene.world.acts
    const byHand: StepResult = { is: 'impossible', because: 'forbidden' }
    scene.world.acts.takeStep = async (order) =>
      order.step === 'block' || order.step === 'checks' ? byHand : takeStep(order)
    await scene.opens()
    await scene.until(() => scene.done().length === steps.length, 'all is told')
    expect(scene.last()?.steps.block?.result).toEqual(byHand)
    await scene.asksToClose({ passwordReset: false })
    await scene.ends('confirmed', 'by-hand')
    expect(scene.times('giveBack')).toBe(0)
  })

  it('looks again for passes of a mint that was in hand', async () => {
    const scene = caseOf(stage)
    const { takeStep } = scene.world.acts
    scene.world.acts.takeStep = async (order) => {
      const looked = scene.cases.steps.filter(({ step }) => step === 'passes').length
      const result = await takeStep(order)
      return order.step === 'passes' ? { is: 'done', count: looked } : result
    }
    await scene.opens()
    const counts = () =>
      scene.told('step-taken').flatMap(({ step, result }) => (step === 'passes' ? [result] : []))
    await scene.until(() => counts().length === 2, 'looked again', 120_000)
    expect(counts()).toEqual([
      { is: 'done', count: 0 },
      { is: 'done', count: 1 },
    ])
    await scene.says(sue, unblock(await scene.asksToClose()))
    await scene.ends('confirmed', 'late-pass')
  }, 150_000)

  it('waits for security where the account is protected, and is done by their word', async () => {
    const scene = caseOf(stage)
    scene.cases.isProtected = true
    await scene.opens()
    await scene.until(() => scene.done().length === 2, 'what locks out nobody is done')
    expect(scene.done()).toEqual(always)
    expect(await scene.says(hanna, block)).toEqual(refused('security-only'))
    const word = scene.said(sam, block)
    expect(await scene.say(word)).toEqual(heard)
    expect(await scene.says(sue, block)).toEqual(heard)
    await scene.until(() => scene.done().length === steps.length, 'the rest is done')
    const rest = scene.cases.steps.filter(({ step }) => !always.includes(step))
    expect(rest).toEqual(
      ['checks', 'block', 'sessions', 'risk'].map((step) => ({ step, report: scene.report, block: word })),
    )
    expect(scene.facts().filter((type) => type === 'block-asked')).toHaveLength(1)
    await scene.says(sue, unblock(await scene.asksToClose()))
    await scene.ends('confirmed', 'block-now')
  })
})

describe.concurrent('several reports about one person', () => {
  it('make one case: the stricter plan, each step begun once and under the report that leads to it', async () => {
    const scene = caseOf(stage)
    const [weak, strong] = [scene.reports(marco), scene.reports(hanna)]
    const ids = await Promise.all([scene.engine.report(weak), scene.engine.report(strong)])
    const [first, second] = ids[0] === weak.statement.caseId ? [weak, strong] : [strong, weak]
    expect(new Set(ids)).toEqual(new Set([first.statement.caseId]))
    await scene.until(() => scene.facts(first).includes('reported-again'), 'both are heard')
    await scene.until(() => scene.done(first).length === steps.length, 'all is done')
    expect(scene.last()?.plan.requests).toBe('refused')
    await scene.engine.report(scene.report)
    await scene.until(() => scene.told('reported-again', first).length === 2, 'a later one is heard')
    expect(scene.cases.steps.map(({ step }) => step).toSorted()).toEqual(everyStep)
    const blocking = scene.cases.steps.find(({ step }) => step === 'block')
    expect(blocking?.report).toEqual(first)
    expect(blocking?.again ?? blocking?.report).toEqual(strong)
    expect(scene.facts(second)).toEqual([])

    const word = scene.said(sam, close(), undefined, first)
    expect(await scene.say(word)).toEqual(heard)
    expect(await scene.say(scene.said(hanna, unblock(word.signature), undefined, first))).toEqual(
      refused('security-only'),
    )
    expect(await scene.say(scene.said(sue, unblock(word.signature), undefined, first))).toEqual(heard)
    await scene.ends('confirmed', 'two-at-once')
    expect(scene.cases.given[0]?.again).toEqual([second, scene.report])
  })

  it('count once each, however often they are brought', async () => {
    const scene = await stoppedCase(stage)
    await scene.engine.report(scene.report)
    await scene.engine.report(scene.report)
    expect(await scene.says(sam, note)).toEqual(heard)
    expect(scene.told('reported-again')).toEqual([])
    expect(scene.times('openCase')).toBe(1)
    await scene.says(sue, unblock(await scene.asksToClose()))
    await scene.ends('confirmed')
  })

  it('leave what waited for security to the word of security, whoever reports meanwhile', async () => {
    const scene = caseOf(stage)
    scene.cases.isProtected = true
    await scene.opens()
    await scene.engine.report(scene.reports(marco))
    await scene.until(() => scene.facts().includes('reported-again'), 'both are heard')
    await scene.says(sam, block)
    await scene.until(() => scene.done().length === steps.length, 'the rest is done')
    const blocking = scene.cases.steps.find(({ step }) => step === 'block')
    expect(blocking?.report).toEqual(scene.report)
    expect(blocking).not.toHaveProperty('again')
    await scene.says(sue, unblock(await scene.asksToClose()))
    await scene.ends('confirmed', 'again-while-withheld')
  })

  it('are a case of their own where one comes while the case before is being closed', async () => {
    const scene = await stoppedCase(stage)
    const { tellCase } = scene.world.acts
    const hold = gate()
    scene.world.acts.tellCase = async (news) => {
      if (news.state.status === 'closed') await hold.opened
      return tellCase(news)
    }
    const { runId } = (await scene.handle.describe()) as { runId: string }
    await scene.says(sue, unblock(await scene.asksToClose()))
    await scene.until(
      () => scene.times('giveBack') === 1 && scene.world.running.includes('tellCase'),
      'closing',
    )
    const [late, later] = [scene.reports(marco), scene.reports(hanna)]
    const forged = { ...scene.reports(olga), signature: 'forged' }
    for (const word of [scene.report, forged, late, later]) await scene.handle.signal(stop, word)
    hold.open()
    await scene.until(() => scene.facts(late).includes('reported-again'), 'a case of their own')
    await readPast(
      stage.client.workflow.getHandle(fraudWorkflowId(scene.dana.actor.person), runId),
      'fraud-while-closing',
    )
    await scene.until(() => scene.done(late).length === steps.length, 'all is done anew')
    const { memo, searchAttributes } = await scene.handle.describe()
    expect(memo).toEqual({ caseId: late.statement.caseId })
    expect(JSON.stringify(searchAttributes)).toContain('FRD-')
    const word = scene.said(sam, close(), undefined, late)
    expect(await scene.say(word)).toEqual(heard)
    await scene.say(scene.said(sue, unblock(word.signature), undefined, late))
    await scene.ends('confirmed', 'reported-while-closing')
    expect(scene.facts().at(-1)).toBe('case-closed')
    expect(scene.last()?.report.caseId).toBe(late.statement.caseId)
  })

  it('count for nothing where one is forged, or about somebody else', async () => {
    const scene = await stoppedCase(stage)
    await scene.handle.signal(stop, { ...scene.reports(hanna), signature: 'forged' })
    await scene.handle.signal(stop, reportOf(someDana(), hanna))
    await scene.until(() => scene.told('case-forged').length === 2, 'told')
    expect(scene.told('reported-again')).toEqual([])
    await scene.says(sue, unblock(await scene.asksToClose()))
    await scene.ends('confirmed', 'forged-again')
  })
})
