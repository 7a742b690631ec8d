import type { Envelope } from '../../core/envelope/statement.ts'
import type { CaseStanding } from '../../core/fraud/answer.ts'
import type { CaseStatement } from '../../core/fraud/statement.ts'
import type { CaseId, ExceptionId, PersonId } from '../../core/ids.ts'
import { requesterSets, securitySet } from '../../core/policy/sets.ts'
import { nameless } from '../../core/text/en.ts'
import { raiseAlarm } from '../alarm.ts'
import type { Ports } from '../ports.ts'
import { isSigned } from './is-signed.ts'
import { isReport, type Report } from './open-case.ts'

export type CaseHearing =
  { readonly is: 'forged' } | { readonly is: 'heard'; readonly standing: CaseStanding }

/** Verifies what somebody said about a case and reads, now, what they are to it. */
export async function hearWord(
  ports: Ports,
  envelope: Envelope<CaseStatement>,
  caseId: CaseId,
): Promise<CaseHearing> {
  if (envelope.statement.caseId !== caseId || !(await isSigned(ports, envelope))) {
    await raiseAlarm(ports, `case/${caseId}`, 'forged-message')
    return { is: 'forged' }
  }
  return { is: 'heard', standing: await standingInCase(ports, envelope.statement.actor.person) }
}

/** Where it is read what somebody is. */
type Sources = Pick<Ports, 'belongs'> & {
  readonly policies: Pick<Ports['policies'], 'current'>
  readonly directory: Pick<Ports['directory'], 'personById'>
}

/** What a person is to any case, by the directory as it is now and the policy in force. */
export async function standingInCase(ports: Sources, speaker: PersonId): Promise<CaseStanding> {
  const { policy } = ports.policies.current()
  const [person, isSecurity, ...asks] = await Promise.all([
    ports.directory.personById(speaker),
    ports.belongs(policy, securitySet, speaker),
    ...requesterSets(policy).map((set) => ports.belongs(policy, set, speaker)),
  ])
  return {
    name: person?.name ?? nameless.gone,
    active: person !== undefined && person.enabled && !person.guest,
    isSecurity,
    isHelpdesk: asks.includes(true),
  }
}

/** A report, and the exceptions of a workflow that it reaches. */
export type ReportOrder = {
  readonly report: Report
  readonly subject: PersonId
  readonly exceptions: readonly ExceptionId[]
}

/** Whether the bot signed that somebody reported fraud about just this person. Then nothing of these is minted any more. */
export async function hearReport(
  ports: Ports,
  { report, subject, exceptions }: ReportOrder,
): Promise<boolean> {
  if (!isReport(ports, report) || report.statement.body.subject !== subject) {
    await raiseAlarm(ports, `exception/${exceptions[0] ?? ''}`, 'forged-message')
    return false
  }
  for (const id of exceptions) await ports.stops.endByWord(id).catch(() => undefined)
  return true
}
