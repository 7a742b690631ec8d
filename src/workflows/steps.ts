import { ApplicationFailure, sleep } from '@temporalio/workflow'
import { lateEffect } from '../core/exception/credentials.ts'
import type { CaseStatement, CaseStatementOf } from '../core/fraud/statement.ts'
import { always, type Step } from '../core/fraud/plan.ts'
import type { Envelope } from '../core/envelope/statement.ts'
import { timerSummaries } from '../core/text/en.ts'
import { mintTakes } from './activities.ts'
import type { CaseFile, Heeded } from './case-file.ts'
import type { Heard } from './inbox.ts'

type Order = Parameters<CaseFile['activities']['takeStep']>[0]

/** Begins what is to be done and was not begun. */
export function beginAll(file: CaseFile): void {
  for (const step of file.state()?.plan.steps ?? []) begin(file, step)
}

/** Each step goes on by itself, for as long as it takes; none waits for another one. */
export function begin(file: CaseFile, step: Step): void {
  if (file.begun.has(step)) return
  file.begun.add(step)
  void takeStep(file, step)
}

/**
 * Waits until what every report leads to is done: a case that is closed before must not leave a pass alive. A report that
 * comes meanwhile is answered, for it has a case of its own, which ends the same.
 */
export async function untilEnded({ done, inbox }: CaseFile): Promise<Heard<CaseStatement> | undefined> {
  const isEnded = (): boolean => always.every((step) => done.has(step))
  return isEnded() ? undefined : inbox.next({ why: '', unless: isEnded })
}

async function takeStep(file: CaseFile, step: Step): Promise<void> {
  const result = await file.activities.takeStep(orderOf(file, step))
  file.add([{ type: 'step-taken', at: Date.now(), step, result }])
  file.done.add(step)
  if (step !== 'passes') return
  // A mint that was in hand may have had its effect after the look.
  await sleep(mintTakes + lateEffect, { summary: timerSummaries.sweep })
  const late = await file.activities.takeStep(orderOf(file, step))
  if (late.is === 'done' && late.count !== 0)
    file.add([{ type: 'step-taken', at: Date.now(), step, result: late }])
}

/** The report that opened the case, the one that led to this step where that is another, and security's word. */
function orderOf({ reports, words }: CaseFile, step: Step): Order {
  const [first] = reports
  if (first === undefined) throw ApplicationFailure.nonRetryable('There is no report.', 'stuck')
  const cause = reports.find(wants(step)) ?? reports.findLast(withholds(step)) ?? first
  const block = words.findLast(isBlock)
  return {
    step,
    report: first.report,
    ...(cause !== first && { again: cause.report }),
    ...(block && { block }),
  }
}

function wants(step: Step): (heeded: Heeded) => boolean {
  return ({ plan }) => plan?.steps.includes(step) === true
}

function withholds(step: Step): (heeded: Heeded) => boolean {
  return ({ plan }) => plan?.withheld?.steps.includes(step) === true
}

function isBlock(word: Envelope<CaseStatement>): word is Envelope<CaseStatementOf<'block'>> {
  return word.statement.kind === 'block'
}
