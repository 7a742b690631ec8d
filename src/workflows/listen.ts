import { answer, goesToMint, refusedAttempt } from '../core/exception/answer.ts'
import { afterReport, isToEnd } from '../core/exception/end.ts'
import { isCaseEnvelope, isEnvelope } from '../core/envelope/is-envelope.ts'
import { isReplaced } from '../core/exception/extension.ts'
import { hearingOf } from '../core/exception/hearing.ts'
import type { AnyStatement, Envelope, Said, Statement, StatementOf } from '../core/envelope/statement.ts'
import type { CaseStatementOf } from '../core/fraud/statement.ts'
import type { Refusal } from '../core/refusal.ts'
import { no, yes } from '../core/result.ts'
import type { Hearing } from '../activities/hear.ts'
import { claim } from './claim.ts'
import { askForMore } from './extension.ts'
import type { Heard } from './inbox.ts'
import { everyLife, heirOf, type Life, type Word } from './life.ts'
import { whyNot } from './why-not.ts'

/** Which of the exceptions in this workflow somebody speaks of; what nobody knows is held against the one that listens. */
export function named(life: Life, { exceptionId, kind, body }: Statement): Life {
  const id = kind === 'request' ? body.extends : exceptionId
  return everyLife(life).find(({ request }) => request.statement.exceptionId === id) ?? life
}

/** Who hears a word: what it names, or, where it is to end that, what that lives on as. */
export function hearer(listener: Life, statement: Statement): Life {
  const life = named(listener, statement)
  return isToEnd(statement) ? heirOf(life) : life
}

/** Whether a message is one that an exception hears. */
export function isWord(message: unknown): message is Envelope<Word> {
  return isEnvelope(message) || (isCaseEnvelope(message) && isReport(message.statement))
}

/** Whether somebody reported fraud. */
export function isReport(statement: AnyStatement): statement is CaseStatementOf<'report'> {
  return statement.kind === 'report'
}

/** Takes one message, whichever exception of this workflow it is about. */
export async function listen(listener: Life, { envelope, reply }: Heard<Word>): Promise<void> {
  const { statement } = envelope
  if (isReport(statement)) {
    await stopForCase(listener, { ...envelope, statement })
    return reply(yes('heard'))
  }
  const heard: Heard = { envelope: { ...envelope, statement }, reply }
  const life = hearer(listener, statement)
  const state = life.state()
  if (state.status === 'ended') return heard.reply(no({ code: 'over' }))
  if (isReplaced(state)) return heard.reply(no({ code: 'replaced' }))
  return isToEnd(statement) ? answerTo(life, heard, named(listener, statement)) : take(life, heard)
}

/** A claim goes to the mint, a request for more time to admission, everything else to the rule. */
async function take(life: Life, heard: Heard): Promise<void> {
  const { envelope, reply } = heard
  const state = life.state()
  if (is('request', envelope)) return askForMore(life, { envelope, reply })
  if (is('claim', envelope) && goesToMint(state, envelope.statement, Date.now()))
    return claim(life, state, { envelope, reply })
  return answerTo(life, heard)
}

/** Finds out who speaks and what they are to what it is about, asks the rule, records what follows, and answers. */
async function answerTo(life: Life, { envelope, reply }: Heard, about = life): Promise<void> {
  const { statement } = envelope
  const hearing = await hear(about, envelope, life)
  if ('code' in hearing) return reply(no(hearing))
  const now = Date.now()
  if (hearing.is === 'another') return reply(no({ code: 'over' }))
  if (hearing.is === 'forged') {
    life.add([{ type: 'forged', at: now, said: statement.kind }])
    return reply(no({ code: 'unverified' }))
  }
  const verdict = answer(life.state(), statement, hearing.standing, now)
  if (!verdict.ok) {
    // It counts against what they named: whoever may end only what that lives on as is still heard there.
    about.add([refusedAttempt(statement, hearing.standing, verdict.reason, now)])
    return reply(verdict)
  }
  if (is('approve', envelope) && verdict.value.length > 0) life.approvals.push(envelope)
  life.add(verdict.value)
  return reply(yes('heard'))
}

/** Somebody reported fraud about the subject: everything in here is stopped, whoever asked for it. */
async function stopForCase(listener: Life, report: Envelope<CaseStatementOf<'report'>>): Promise<void> {
  const lives = everyLife(listener)
  const ids = lives.map(({ request }) => request.statement.exceptionId)
  const { subject } = listener.request.statement.body
  const isGenuine = await listener.activities.hearReport({ report, subject, exceptions: ids })
  const now = Date.now()
  if (!isGenuine) return listener.add([{ type: 'forged', at: now, said: 'not-me' }])
  for (const life of lives) life.add(afterReport(life.state(), report.statement.caseId, now))
}

/** Answers everybody who speaks while something else is being done. */
export async function listenWhile<Done>(life: Life, why: string, work: Promise<Done>): Promise<Done> {
  const progress = { settled: false }
  const settle = (): void => {
    progress.settled = true
  }
  work.then(settle, settle)
  while (!progress.settled) {
    const heard = await life.next({ why, unless: () => progress.settled })
    if (heard !== undefined) await listen(life, heard)
  }
  return work
}

/** What the speaker is, or why that can't be told now: then nobody was judged. */
async function hear(about: Life, envelope: Envelope, life: Life): Promise<Hearing | Refusal> {
  const state = about.state()
  if (!('plan' in state) || state.plan === undefined) return { code: 'not-waiting' }
  const told = hearingOf(state.request, state.plan.rule, state.approvals)
  return life.activities.hear(envelope, told, life.request.statement.exceptionId).catch(whyNot)
}

function is<K extends Said['kind']>(kind: K, envelope: Envelope): envelope is Envelope<StatementOf<K>> {
  return envelope.statement.kind === kind
}
