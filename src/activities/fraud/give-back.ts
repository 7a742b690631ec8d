import type { Envelope } from '../../core/envelope/statement.ts'
import { mayNotUnblock, tookPart, type Concerned } from '../../core/fraud/answer.ts'
import type { StepResult } from '../../core/fraud/fact.ts'
import type { CaseStatementOf } from '../../core/fraud/statement.ts'
import type { PersonId } from '../../core/ids.ts'
import { samePerson } from '../../core/people/person.ts'
import type { Refusal } from '../../core/refusal.ts'
import { no, yes, type Result } from '../../core/result.ts'
import { raiseAlarm } from '../alarm.ts'
import { knownPerson } from '../evidence.ts'
import type { Ports } from '../ports.ts'
import { standingInCase } from './hear-word.ts'
import { isSigned } from './is-signed.ts'
import { lookAround } from './look-around.ts'
import { isReport, type Report } from './open-case.ts'
import { resultOf } from './take-step.ts'

/** A case that is to be closed, as two people of security signed it. `again`: the later reports about the same person. */
export type GiveBack = {
  readonly report: Report
  readonly again: readonly Report[]
  readonly close: Envelope<CaseStatementOf<'close'>>
  readonly unblock: Envelope<CaseStatementOf<'unblock'>>
}

/**
 * Gives an account back. Verifies every statement and judges again who the two people are: it believes no workflow. Twice is
 * once. Rejects when somebody does not answer.
 */
export async function giveBack(ports: Ports, order: GiveBack): Promise<Result<StepResult, Refusal>> {
  const { caseId, body } = order.report.statement
  if (!(await isTogether(ports, order))) {
    await raiseAlarm(ports, `case/${caseId}`, 'forged-message')
    return no({ code: 'unverified' })
  }
  const refusal = await refusalOf(ports, order)
  if (refusal !== undefined) return no(refusal)
  // A report that was acted on while Temporal did not answer denied under its own id.
  for (const { statement } of [order.report, ...order.again])
    await ports.denials.allow(body.subject, statement.caseId)
  const unblocked = await ports.responder.unblock(body.subject)
  if (unblocked.ok && order.close.statement.body.outcome !== 'confirmed')
    await ports.responder.dismissRisk(body.subject)
  return yes(resultOf(unblocked))
}

/** Whether these are reports about one person, a wish to close the case, and an agreement to just that wish. */
async function isTogether(ports: Ports, { report, again, close, unblock }: GiveBack): Promise<boolean> {
  const [wish, agreement] = [close.statement, unblock.statement]
  return (
    [report, ...again].every((one) => isReport(ports, one) && isSameSubject(one, report)) &&
    wish.kind === 'close' &&
    agreement.kind === 'unblock' &&
    [wish, agreement].every(({ caseId }) => caseId === report.statement.caseId) &&
    agreement.body.close === close.signature &&
    (await isSigned(ports, close)) &&
    (await isSigned(ports, unblock))
  )
}

function isSameSubject(one: Report, other: Report): boolean {
  return one.statement.body.subject === other.statement.body.subject
}

/** Why these two may not, as the directory and the records know them now. */
async function refusalOf(
  ports: Ports,
  { report, again, close, unblock }: GiveBack,
): Promise<Refusal | undefined> {
  const { caseId, at, body } = report.statement
  const [first, second] = [close.statement.actor.person, unblock.statement.actor.person]
  const { passwordReset, methodsReviewed } = close.statement.body
  if (!passwordReset || !methodsReviewed) return { code: 'not-made-safe' }
  const known = await ports.cases.byId(caseId)
  if (known === undefined) return { code: 'not-now', service: 'postgres' }
  // It was given back then; whatever took it away since was another case.
  if (known.state.status === 'closed') return { code: 'over' }
  const { exceptions, details } = await lookAround(ports, { subject: body.subject, at })
  // The records may be behind what was signed, and a workflow could leave out what was signed.
  const signed = [report, ...again].map(({ statement }) => ({ by: statement.actor }))
  const reporters = [...signed, ...known.state.reporters]
  const state = { report: known.state.report, reporters, around: { exceptions, ...details } }
  const standings = await Promise.all([first, second].map((person) => standingInCase(ports, person)))
  if (!standings.every(({ active, isSecurity }) => active && isSecurity)) return { code: 'security-only' }
  if ((await accountsOf(ports, first, [body.subject])).includes(body.subject)) return { code: 'own-case' }
  const accounts = await accountsOf(ports, second, [first, ...concerned(state)])
  return accounts.map((one) => mayNotUnblock(one, first, state)).find((refusal) => refusal !== undefined)
}

/** Everybody who has something to do with the case. */
function concerned({ report, reporters, around }: Concerned): readonly PersonId[] {
  return [report.subject, ...reporters.map(({ by }) => by.person), ...tookPart(around)]
}

/** A person's account, and which of these are other accounts of the same human being. */
async function accountsOf(
  ports: Ports,
  id: PersonId,
  among: readonly PersonId[],
): Promise<readonly PersonId[]> {
  const others = [...new Set(among)].filter((one) => one !== id)
  const [person, ...people] = await Promise.all([id, ...others].map((one) => knownPerson(ports, one)))
  const same = people.filter((one) => person !== undefined && samePerson(person, one))
  return [id, ...same.map((one) => one.id)]
}
