import { randomUUID } from 'node:crypto'
import type { WorkflowHandle } from '@temporalio/client'
import { expect } from 'vitest'
import { createCaseEngine } from '../../src/bot/fraud/engine.ts'
import { sha256 } from '../../src/adapters/signing/keys.ts'
import type { Envelope } from '../../src/core/envelope/statement.ts'
import type { CaseFact, CaseFactOf } from '../../src/core/fraud/fact.ts'
import type {
  CaseOutcome,
  CaseSaid,
  CaseStatement,
  CaseStatementOf,
  CloseBody,
  ReportBody,
} from '../../src/core/fraud/statement.ts'
import { steps } from '../../src/core/fraud/plan.ts'
import { fraudWorkflowId } from '../../src/core/names.ts'
import type { fraud } from '../../src/workflows/index.ts'
import { eventually } from '../setup/installation.ts'
import { worldOf } from './fakes.ts'
import * as given from './given.ts'
import { readPast, type Past } from './past.ts'
import { heard, untilAnswered } from './scene.ts'
import type { Stage } from './stage.ts'

export type Report = Envelope<CaseStatementOf<'report'>>

export const take: CaseSaid = { kind: 'take', body: {} }
export const block: CaseSaid = { kind: 'block', body: {} }
export const note: CaseSaid = { kind: 'note', body: { text: 'No answer on her number' } }

/** Security wants to close it. */
export function close(more: Partial<CloseBody> = {}): CaseSaid {
  const body = {
    outcome: 'confirmed',
    reason: 'Spoke to her',
    passwordReset: true,
    methodsReviewed: true,
  } as const
  return { kind: 'close', body: { ...body, ...more } }
}

/** The second person agrees to just these words. */
export function unblock(signature: string): CaseSaid {
  return { kind: 'unblock', body: { close: signature } }
}

/** A report of somebody's about a subject. */
export function reportOf(subject: given.Speaker, by: given.Speaker, more: Partial<ReportBody> = {}): Report {
  const { person } = subject.actor
  const body: ReportBody = { subject: person, what: 'sign-in', policyHash: 'policy-1', ...more }
  const caseId = randomUUID()
  return given.signed({ v: 1, caseId, actor: by.actor, at: Date.now(), kind: 'report', body })
}

/** One subject on the stage, and what people report and say about them. */
export function caseOf(stage: Stage, dana = given.someDana()) {
  const world = worldOf(dana, given.plan)
  const { cases } = world
  const subject = dana.actor.person
  const id = fraudWorkflowId(subject)
  stage.worlds.set(id, world)
  const engine = createCaseEngine({ client: () => stage.client, taskQueue: stage.queue, sha256 })
  const handle: WorkflowHandle<typeof fraud> = stage.client.workflow.getHandle(id)
  const report = reportOf(dana, dana)

  const said = (who: given.Speaker, word: CaseSaid, signature?: string, { statement } = report) =>
    given.signed<CaseStatement>(
      { v: 1, caseId: statement.caseId, actor: who.actor, at: Date.now(), ...word },
      signature,
    )
  const say = (envelope: Envelope<CaseStatement>, press: string = randomUUID()) =>
    untilAnswered(() => engine.say(subject, envelope, press))
  const chain = (one: Report = report) => cases.chainOf(one.statement.caseId).facts() as readonly CaseFact[]

  return {
    dana,
    world,
    cases,
    engine,
    handle,
    report,
    said,
    say,
    /** Dana reports, unless told otherwise, and it is known what follows. */
    async opens(one: Report = report) {
      expect(await engine.report(one)).toBe(one.statement.caseId)
      await this.until(() => this.facts(one)[0] === 'reported', 'opened')
    },
    /** A report with the same person in it, besides. */
    reports: (who: given.Speaker, more: Partial<ReportBody> = {}): Report => reportOf(dana, who, more),
    says: (who: given.Speaker, word: CaseSaid) => say(said(who, word)),
    forges: (who: given.Speaker, word: CaseSaid) => say(said(who, word, 'forged')),
    /** Sam asks to close it; answers the signature that somebody has to agree to. */
    async asksToClose(more: Partial<CloseBody> = {}): Promise<string> {
      const envelope = said(given.sam, close(more))
      expect(await say(envelope)).toEqual(heard)
      return envelope.signature
    },
    /** The types of the facts of a case, in order. */
    facts: (one?: Report): readonly CaseFact['type'][] => chain(one).map(({ type }) => type),
    /** The facts of one type. */
    told: <Type extends CaseFact['type']>(type: Type, one?: Report): readonly CaseFactOf<Type>[] =>
      chain(one).filter((fact): fact is CaseFactOf<Type> => fact.type === type),
    /** The steps that were done, each once. */
    done: (one?: Report) =>
      [...new Set(chain(one).flatMap((fact) => (fact.type === 'step-taken' ? [fact.step] : [])))].toSorted(),
    last: () => cases.told.at(-1)?.state,
    times: (activity: string) => world.ran.filter((name) => name === activity).length,
    /** Asserts how it ends; answers its history. */
    async ends(outcome: CaseOutcome, name?: string): Promise<Past> {
      expect(await handle.result()).toBe(outcome)
      return readPast(handle, name && `fraud-${name}`)
    },
    until: (isSo: () => boolean | Promise<boolean>, what: string, patience = 60_000) =>
      eventually(async () => {
        if (!(await isSo())) throw new Error(`${what}: ${JSON.stringify([world.ran, chain()])}`)
      }, patience),
  }
}

/** Dana reported, and everything was done. */
export async function stoppedCase(stage: Stage): Promise<ReturnType<typeof caseOf>> {
  const scene = caseOf(stage)
  await scene.opens()
  await scene.until(() => scene.done().length === steps.length, 'all is done')
  return scene
}
