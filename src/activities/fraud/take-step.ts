import { isAlive } from '../../core/exception/credentials.ts'
import { endOrder } from '../../core/exception/end.ts'
import { allProviders, providers, type ProviderName } from '../../core/kinds.ts'
import { Fault } from '../../core/fault.ts'
import type { StepResult } from '../../core/fraud/fact.ts'
import { always, type Step } from '../../core/fraud/plan.ts'
import type { CaseStatementOf } from '../../core/fraud/statement.ts'
import type { Envelope } from '../../core/envelope/statement.ts'
import type { CaseId, PersonId } from '../../core/ids.ts'
import type { ResponderProblem } from '../../core/ports.ts'
import type { Result } from '../../core/result.ts'
import { raiseAlarm } from '../alarm.ts'
import { end } from '../end.ts'
import type { Ports } from '../ports.ts'
import { standingInCase } from './hear-word.ts'
import { isReport, judgeReport, type Report } from './open-case.ts'

/**
 * One thing to do in the case that a report opened. `again`: the later report about the same person that leads to it;
 * `block`: security's word where it had to wait for that.
 */
export type StepOrder = {
  readonly step: Step
  readonly report: Report
  readonly again?: Report
  readonly block?: Block
}

type Block = Envelope<CaseStatementOf<'block'>>

/**
 * Does one of the things that a report leads to. Verifies the report, and judges again whether this is one of them: it believes
 * no workflow. Twice is once. Rejects until it is done, to be tried again for as long as it takes; what Hallpass can't do by
 * itself is said.
 */
export async function takeStep(ports: Ports, order: StepOrder): Promise<StepResult> {
  const { report, step } = order
  if (!isReport(ports, report) || !(await mayTake(ports, { ...order, report }))) {
    await raiseAlarm(ports, 'case', 'forged-message')
    return { is: 'impossible', because: 'forbidden' }
  }
  const { caseId, body } = report.statement
  return take[step](ports, body.subject, caseId, report)
}

/** What ends exceptions follows from every report; what takes an account away only by the rule, or by security's word. */
async function mayTake(ports: Ports, { step, report, again, block }: StepOrder): Promise<boolean> {
  if (always.includes(step)) return true
  if (again !== undefined && !isAbout(ports, again, report.statement.body.subject)) return false
  const { plan } = await judgeReport(ports, again ?? report)
  if (plan.steps.includes(step)) return true
  if (block === undefined || plan.withheld?.steps.includes(step) !== true) return false
  return isWordOfSecurity(ports, block, report.statement.caseId)
}

async function isWordOfSecurity(ports: Ports, block: Block, caseId: CaseId): Promise<boolean> {
  const { statement } = block
  if (statement.kind !== 'block' || statement.caseId !== caseId || !ports.verifier.verify(block)) return false
  const { active, isSecurity } = await standingInCase(ports, statement.actor.person)
  return active && isSecurity
}

function isAbout(ports: Ports, again: Report, subject: PersonId): boolean {
  return isReport(ports, again) && again.statement.body.subject === subject
}

type Taking = (ports: Ports, subject: PersonId, caseId: CaseId, report: Report) => Promise<StepResult>

const take: Readonly<Record<Step, Taking>> = {
  exceptions: stopExceptions,
  passes: revokeAll,
  async checks(ports, subject, caseId) {
    await ports.denials.deny(subject, caseId)
    return { is: 'done' }
  },
  block: async ({ responder }, subject) => resultOf(await responder.block(subject)),
  async sessions({ signIns }, subject) {
    await signIns.revokeSessions(subject)
    return { is: 'done' }
  },
  risk: async ({ responder }, subject) => resultOf(await responder.confirmRisk(subject)),
}

/** What came of asking a provider's responder. */
export function resultOf(result: Result<void, ResponderProblem>): StepResult {
  return result.ok ? { is: 'done' } : { is: 'impossible', because: result.reason }
}

/** All are stopped first, so that a mint in hand shows nothing; then ended; and their workflows hear of it. */
async function stopExceptions(
  ports: Ports,
  subject: PersonId,
  _caseId: CaseId,
  report: Report,
): Promise<StepResult> {
  const open = (await ports.views.aboutSubject(subject)).filter(({ state }) => state.status !== 'ended')
  for (const { exceptionId } of open) await ports.stops.endByWord(exceptionId)
  const ended = await Promise.allSettled(open.map(({ state }) => end(ports, endOrder(state, false))))
  // They end what they own themselves as well, so they hear of it also where it could not be ended here.
  await ports.exceptions.stop(subject, report)
  const failed = ended.find((one) => one.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return { is: 'done', count: open.length }
}

/** Every credential of this person that can be listed, whoever made it. Rejects as long as one of them is alive. */
async function revokeAll(ports: Ports, subject: PersonId): Promise<StepResult> {
  const counts = await Promise.all(allProviders.map((provider) => revokeAt(ports, provider, subject)))
  return { is: 'done', count: counts.reduce((sum, count) => sum + count, 0) }
}

async function revokeAt(ports: Ports, name: ProviderName, subject: PersonId): Promise<number> {
  const { reader, issuer } = ports.providers[name]
  const alive = (await reader.credentials(subject)).filter(isAlive)
  await Promise.all(alive.map(({ credentialId }) => issuer.revoke(subject, credentialId)))
  const left = alive.length === 0 ? [] : (await reader.credentials(subject)).filter(isAlive)
  if (left.length > 0) throw new Fault(providers[name].service, 'unavailable', 'still-listed')
  return alive.length
}
