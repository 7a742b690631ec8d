import { isAlive } from '../../core/exception/credentials.ts'
import { isSignedPractice } from '../../core/exception/genuine.ts'
import { allProviders, issuesPractice, providers, type ProviderName } from '../../core/kinds.ts'
import { Fault } from '../../core/fault.ts'
import type { StepResult } from '../../core/fraud/fact.ts'
import { always, type Step } from '../../core/fraud/plan.ts'
import type { CaseStatementOf } from '../../core/fraud/statement.ts'
import type { Envelope } from '../../core/envelope/statement.ts'
import type { CaseId, PersonId } from '../../core/ids.ts'
import type { ExceptionView, ResponderProblem } from '../../core/ports.ts'
import type { Result } from '../../core/result.ts'
import { raiseAlarm } from '../alarm.ts'
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
  if (await isGivenBack(ports, { ...order, report })) return { is: 'impossible', because: 'forbidden' }
  return take[step](ports, body.subject, caseId, report)
}

/** What a closed case gave back stays so, whatever report of then somebody comes with. Ending passes asks nobody. */
async function isGivenBack(ports: Ports, { step, report, again }: StepOrder): Promise<boolean> {
  if (always.includes(step)) return false
  const reports = again === undefined ? [report] : [report, again]
  const signatures = reports.map(({ signature }) => signature)
  return ports.cases.isOver(report.statement.body.subject, signatures)
}

/** What ends exceptions follows from every report; what takes an account away only by the rule, or by security's word. */
async function mayTake(ports: Ports, { step, report, again, block }: StepOrder): Promise<boolean> {
  if (always.includes(step)) return true
  if (again !== undefined && !isAbout(ports, again, report.statement.body.subject)) return false
  const { plan } = await judgeReport(ports, again ?? report)
  if (plan.steps.includes(step)) return true
  if (block === undefined || plan.withheld?.steps.includes(step) !== true) return false
  return isWordOfSecurity(ports, block, report.statement.caseId, again ?? report)
}

async function isWordOfSecurity(ports: Ports, block: Block, caseId: CaseId, cause: Report): Promise<boolean> {
  const { statement } = block
  // Whoever reported does not decide alone what their report is not enough for, nor whom it is about.
  if ([cause.statement.actor.person, cause.statement.body.subject].includes(statement.actor.person))
    return false
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

/** Nothing is minted or shown for them any more, and their workflows end them. */
async function stopExceptions(
  ports: Ports,
  subject: PersonId,
  _caseId: CaseId,
  report: Report,
): Promise<StepResult> {
  const open = await openAbout(ports, subject)
  for (const { exceptionId } of open) await ports.stops.endByWord(exceptionId)
  await ports.exceptions.stop(subject, report)
  return { is: 'done', count: open.filter((view) => !isSignedPractice(ports, view)).length }
}

async function openAbout(ports: Ports, subject: PersonId): Promise<readonly ExceptionView[]> {
  return (await ports.views.aboutSubject(subject)).filter(({ state }) => state.status !== 'ended')
}

/**
 * Ends every credential of this person, whoever made it: what is listed, and what an open exception shows, because lists lag
 * behind. Rejects as long as one of them is alive. Three calls for each provider, which may grant few.
 */
async function revokeAll(ports: Ports, subject: PersonId): Promise<StepResult> {
  const shown = (await openAbout(ports, subject).catch(() => [])).flatMap(({ state }) =>
    'lease' in state && state.lease !== undefined
      ? [{ provider: state.request.provider, id: state.lease.credentialId }]
      : [],
  )
  const counts = await Promise.all(
    allProviders.map(async (provider) => {
      const known = shown.filter((one) => one.provider === provider).map(({ id }) => id)
      const ended = await revokeAt(ports, provider, subject, known)
      return issuesPractice(provider) ? 0 : ended
    }),
  )
  return { is: 'done', count: counts.reduce((sum, count) => sum + count, 0) }
}

async function revokeAt(
  ports: Ports,
  name: ProviderName,
  subject: PersonId,
  known: readonly string[],
): Promise<number> {
  const { reader, issuer } = ports.providers[name]
  const aliveNow = async (): Promise<readonly string[]> =>
    (await reader.credentials(subject)).filter(isAlive).map(({ credentialId }) => credentialId)
  const ids = new Set([...known, ...(await aliveNow())])
  await Promise.all(Array.from(ids, (id) => issuer.revoke(subject, id)))
  if (ids.size > 0 && (await aliveNow()).length > 0)
    throw new Fault(providers[name].service, 'unavailable', 'still-listed')
  return ids.size
}
