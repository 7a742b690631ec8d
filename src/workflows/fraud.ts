import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  makeContinueAsNewFunc,
} from '@temporalio/workflow'
import { answerCase, hasSaidEnough, type CaseWord } from '../core/fraud/answer.ts'
import { caseDue, caseDueAt } from '../core/fraud/due.ts'
import { always } from '../core/fraud/plan.ts'
import { reportedAgain } from '../core/fraud/reported-again.ts'
import type { CaseOutcome, CaseStatement, CaseStatementOf } from '../core/fraud/statement.ts'
import type { Envelope } from '../core/envelope/statement.ts'
import { caseDisplayId } from '../core/ids.ts'
import { searchAttribute } from '../core/names.ts'
import type { Refusal } from '../core/refusal.ts'
import { no, yes } from '../core/result.ts'
import { timerSummaries } from '../core/text/en.ts'
import { openFile, type CaseFile } from './case-file.ts'
import type { Heard } from './inbox.ts'
import type { CaseStart } from './messages.ts'
import { begin, beginAll, untilEnded } from './steps.ts'
import { whyNot } from './why-not.ts'

type Report = Envelope<CaseStatementOf<'report'>>

/** The life of a case of fraud: reported, stopped at once, taken by security, closed; what was taken is given back by two. */
export async function fraud(start: CaseStart): Promise<CaseOutcome> {
  const file = openFile(start)
  return CancellationScope.nonCancellable(async () => {
    // Nobody has to be known for this, so it waits for nobody.
    for (const step of always) begin(file, step)
    const opened = await open(file)
    if (opened !== 'opened') {
      await goOn(file, start.more)
      throw ApplicationFailure.nonRetryable(whyNone[opened], opened)
    }
    for (const report of start.more ?? []) await hearAgain(file, report)
    const outcome = await untilClosed(file)
    const meanwhile = await untilEnded(file)
    await file.published()
    await goOn(file, [meanwhile?.envelope].filter(isReport))
    return outcome
  })
}

/** Why there is no case. */
const whyNone = {
  forged: 'The report was not signed by the bot.',
  over: 'The case of this report is closed.',
} as const

/** Who reported, and what follows from that by the policy. */
async function open(file: CaseFile): Promise<keyof typeof whyNone | 'opened'> {
  const [first] = file.reports
  if (first === undefined) return 'forged'
  const opened = await file.activities.openCase(first.report)
  if (opened.is !== 'opened') return opened.is
  const { reported } = opened
  file.reports[0] = { ...first, plan: reported.plan }
  file.add([reported])
  beginAll(file)
  lookAround(file)
  return 'opened'
}

/** Security takes it, notes, closes; others report again; and nobody forgets it. */
async function untilClosed(file: CaseFile): Promise<CaseOutcome> {
  for (let state = file.state(); state !== undefined; state = file.state()) {
    if (state.status === 'closed') return state.outcome
    const heard = await file.inbox.next({
      why: state.taken === undefined ? timerSummaries.untaken : timerSummaries.unsettled,
      until: caseDueAt(state),
    })
    if (heard === undefined) file.add(caseDue(state, Date.now()))
    else await listen(file, heard)
  }
  throw ApplicationFailure.nonRetryable('The case was not opened.', 'stuck')
}

async function listen(file: CaseFile, { envelope, reply }: Heard<CaseStatement>): Promise<void> {
  const { statement } = envelope
  if (statement.kind !== 'report') return answerTo(file, { ...envelope, statement }, reply)
  await hearAgain(file, { ...envelope, statement })
  reply(yes('heard'))
}

async function answerTo(
  file: CaseFile,
  envelope: Envelope<CaseWord>,
  reply: Heard<CaseStatement>['reply'],
): Promise<void> {
  const { statement } = envelope
  const state = file.state()
  if (state === undefined) return reply(no({ code: 'not-waiting' }))
  const hearing = await file.activities.hearWord(envelope, state.report.caseId).catch(whyNot)
  if ('code' in hearing) return reply(no(hearing))
  const now = Date.now()
  if (hearing.is === 'forged') {
    file.add([{ type: 'case-forged', at: now, said: statement.kind }])
    return reply(no({ code: 'unverified' }))
  }
  const verdict = answerCase(state, statement, hearing.standing, envelope.signature, now)
  if (!verdict.ok) {
    file.add([refused(statement, hearing.standing.name, verdict.reason, now)])
    return reply(verdict)
  }
  file.words.push(envelope)
  file.add(verdict.value)
  reply(yes('heard'))
  beginAll(file)
  if (statement.kind === 'unblock' && verdict.value.length > 0)
    await giveBack(file, { ...envelope, statement })
}

function refused({ kind: said, actor: by }: CaseWord, name: string, refusal: Refusal, at: number) {
  return { type: 'word-refused', at, by, said, refusal, details: { name } } as const
}

/** One more report about the same person: one case, and whatever that report leads to besides. */
async function hearAgain(file: CaseFile, report: Report): Promise<void> {
  const state = file.state()
  if (isHeeded(file, report.signature)) return
  if (state !== undefined && hasSaidEnough(state, report.statement.actor.person)) return
  const opened = await file.activities.openCase(report)
  if (opened.is === 'over') return
  if (opened.is === 'forged' || opened.reported.subject !== state?.report.subject)
    return file.add([{ type: 'case-forged', at: Date.now(), said: 'report' }])
  const { reported } = opened
  file.reports.push({ report, plan: reported.plan })
  file.add([reportedAgain(reported, Date.now())])
  beginAll(file)
  lookAround(file)
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
  const [first, ...again] = file.reports.map(({ report }) => report)
  const outcome = file.state()?.closing?.outcome
  if (first === undefined || close?.statement.kind !== 'close' || outcome === undefined) return
  const given = await file.activities
    .giveBack({ report: first, again, close: { ...close, statement: close.statement }, unblock })
    .catch((error: unknown) => no(whyNot(error)))
  const at = Date.now()
  if (given.ok)
    file.add([
      { type: 'unblocked', at, result: given.value },
      { type: 'case-closed', at, outcome },
    ])
  else file.add([{ type: 'agreement-void', at, refusal: given.reason }])
}

/** Ends here, unless there are reports that this case has not heard: they have a case of their own. */
async function goOn(file: CaseFile, unheard: readonly Report[] = []): Promise<void> {
  file.inbox.close()
  await condition(allHandlersFinished)
  const [report, ...more] = [...unheard, ...file.inbox.late.filter(isReport)].filter(
    ({ signature }) => !isHeeded(file, signature),
  )
  if (report === undefined) return
  const { caseId } = report.statement
  const next = makeContinueAsNewFunc<typeof fraud>({
    memo: { caseId },
    searchAttributes: { [searchAttribute]: [caseDisplayId(caseId)] },
  })
  await next({ report, more })
}

/** The same report twice is one. */
function isHeeded({ reports }: CaseFile, signature: string): boolean {
  return reports.some(({ report }) => report.signature === signature)
}

function isReport(word: Envelope<CaseStatement> | undefined): word is Report {
  return word?.statement.kind === 'report'
}
