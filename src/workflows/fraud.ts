import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  sleep,
} from '@temporalio/workflow'
import { answerCase, type CaseWord } from '../core/fraud/answer.ts'
import { caseDue, toldAgainAt } from '../core/fraud/due.ts'
import { lateEffect } from '../core/exception/credentials.ts'
import { always, type Step } from '../core/fraud/plan.ts'
import type { CaseOutcome, CaseStatement, CaseStatementOf } from '../core/fraud/statement.ts'
import type { Envelope } from '../core/envelope/statement.ts'
import { no, yes } from '../core/result.ts'
import { timerSummaries } from '../core/text/en.ts'
import { mintTakes } from './activities.ts'
import { openFile, type CaseFile } from './case-file.ts'
import type { Heard } from './inbox.ts'
import type { CaseStart } from './messages.ts'
import { whyNot } from './why-not.ts'

/** The life of a case of fraud: reported, stopped at once, taken by security, closed; what was taken is given back by two. */
export async function fraud(start: CaseStart): Promise<CaseOutcome> {
  const file = openFile(start)
  return CancellationScope.nonCancellable(async () => {
    // Nobody has to be known for this, so it waits for nobody.
    for (const step of always) begin(file, step)
    await untilOpened(file)
    const outcome = await untilClosed(file)
    await file.published()
    file.inbox.close()
    await condition(allHandlersFinished)
    // Whoever reported while it was being closed has a case of their own.
    const late = file.inbox.late.find(isReport)
    return late === undefined ? outcome : continueAsNew<typeof fraud>({ report: late })
  })
}

/** Who reported, and what follows from that by the policy. */
async function untilOpened(file: CaseFile): Promise<void> {
  const [report] = file.reports
  if (report === undefined) return
  const opened = await file.activities.openCase(report)
  if (opened.is === 'forged')
    throw ApplicationFailure.nonRetryable('The report was not signed by the bot.', 'forged')
  file.add([opened.reported])
  beginAll(file)
  lookAround(file)
}

/** Security takes it, notes, closes; others report again; and nobody forgets it. */
async function untilClosed(file: CaseFile): Promise<CaseOutcome> {
  for (let state = file.state(); state !== undefined; state = file.state()) {
    if (state.status === 'closed') return state.outcome ?? 'test'
    const until = toldAgainAt(state)
    const heard = await file.inbox.next({
      why: until === undefined ? timerSummaries.unsettled : timerSummaries.untaken,
      ...(until !== undefined && { until }),
    })
    if (heard === undefined) file.add(caseDue(state, Date.now()))
    else await listen(file, heard)
  }
  return 'test'
}

async function listen(file: CaseFile, { envelope, reply }: Heard<CaseStatement>): Promise<void> {
  const { statement } = envelope
  if (statement.kind === 'report') return hearAgain(file, { ...envelope, statement })
  const state = file.state()
  const hearing = await file.activities
    .hearWord(envelope, file.reports[0]?.statement.caseId ?? '')
    .catch(whyNot)
  if (state === undefined || 'code' in hearing)
    return reply(no('code' in hearing ? hearing : { code: 'not-waiting' }))
  const now = Date.now()
  if (hearing.is === 'forged') {
    file.add([{ type: 'case-forged', at: now, said: statement.kind }])
    return reply(no({ code: 'unverified' }))
  }
  const verdict = answerCase(state, statement, hearing.standing, envelope.signature, now)
  if (!verdict.ok) {
    file.add([refused(statement, hearing.standing.name, verdict, now)])
    return reply(verdict)
  }
  file.words.push(envelope)
  file.add(verdict.value)
  reply(yes('heard'))
  beginAll(file)
  if (statement.kind === 'unblock' && verdict.value.length > 0)
    await giveBack(file, { ...envelope, statement })
}

function refused(
  { kind: said, actor: by }: CaseWord,
  name: string,
  { reason: refusal }: Extract<ReturnType<typeof answerCase>, { ok: false }>,
  at: number,
) {
  return { type: 'word-refused', at, by, said, refusal, details: { name } } as const
}

/** One more report about the same person: one case, and whatever that report leads to besides. */
async function hearAgain(file: CaseFile, report: Envelope<CaseStatementOf<'report'>>): Promise<void> {
  if (file.reports.some(({ signature }) => signature === report.signature)) return
  const opened = await file.activities.openCase(report)
  if (opened.is === 'forged') return file.add([{ type: 'case-forged', at: Date.now(), said: 'report' }])
  file.reports.push(report)
  const { by, as, what, about, plan, proof, details } = opened.reported
  const { reporterName, words } = details
  file.add([
    {
      type: 'reported-again',
      at: Date.now(),
      by,
      as,
      what,
      ...(about && { about }),
      plan,
      proof,
      details: { reporterName, ...(words && { words }) },
    },
  ])
  beginAll(file)
  lookAround(file)
}

/** Begins what is to be done and was not begun. */
function beginAll(file: CaseFile): void {
  for (const step of file.state()?.plan.steps ?? []) begin(file, step)
}

/** Each step goes on by itself, for as long as it takes; none waits for another one. */
function begin(file: CaseFile, step: Step): void {
  if (file.begun.has(step)) return
  file.begun.add(step)
  void takeStep(file, step)
}

async function takeStep(file: CaseFile, step: Step): Promise<void> {
  const result = await file.activities.takeStep(orderOf(file, step))
  file.add([{ type: 'step-taken', at: Date.now(), step, result }])
  if (step !== 'passes') return
  // A mint that was in hand may have had its effect after the look.
  await sleep(mintTakes + lateEffect, { summary: timerSummaries.sweep })
  const late = await file.activities.takeStep(orderOf(file, step))
  if (late.is === 'done' && late.count !== 0)
    file.add([{ type: 'step-taken', at: Date.now(), step, result: late }])
}

/** The newest report that could have led to it, and security's word where that had to be waited for. */
function orderOf(file: CaseFile, step: Step): Parameters<CaseFile['activities']['takeStep']>[0] {
  const [first] = file.reports
  const block = file.words.findLast(isBlock)
  const report = file.reports.at(-1) ?? first
  if (report === undefined) throw ApplicationFailure.nonRetryable('There is no report.', 'stuck')
  return { step, report, ...(block && { block }) }
}

function isReport(word: Envelope<CaseStatement>): word is Envelope<CaseStatementOf<'report'>> {
  return word.statement.kind === 'report'
}

function isBlock(word: Envelope<CaseStatement>): word is Envelope<CaseStatementOf<'block'>> {
  return word.statement.kind === 'block'
}

function lookAround(file: CaseFile): void {
  const report = file.state()?.report
  if (report === undefined) return
  const { subject, reportedAt: at } = report
  void file.activities
    .lookAround({ subject, at })
    .then((found) => file.add([{ type: 'looked-around', at: Date.now(), ...found }]))
}

/** Two people of security agreed: one activity judges again and gives the account back. */
async function giveBack(file: CaseFile, unblock: Envelope<CaseStatementOf<'unblock'>>): Promise<void> {
  const close = file.words.find(({ signature }) => signature === unblock.statement.body.close)
  const [report] = file.reports
  const outcome = file.state()?.closing?.outcome
  if (report === undefined || close?.statement.kind !== 'close' || outcome === undefined) return
  const given = await file.activities
    .giveBack({ report, close: { ...close, statement: close.statement }, unblock })
    .catch((error: unknown) => no(whyNot(error)))
  const at = Date.now()
  if (given.ok)
    file.add([
      { type: 'unblocked', at, result: given.value },
      { type: 'case-closed', at, outcome },
    ])
  else file.add([{ type: 'agreement-void', at, refusal: given.reason }])
}
