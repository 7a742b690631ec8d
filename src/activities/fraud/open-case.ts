import { Fault } from '../../core/fault.ts'
import type { Envelope } from '../../core/envelope/statement.ts'
import { isCaseEnvelope } from '../../core/envelope/is-envelope.ts'
import type { CaseFactOf } from '../../core/fraud/fact.ts'
import { casePlan, type CaseEvidence, type CasePlan, type Reporter } from '../../core/fraud/plan.ts'
import type { CaseStatementOf } from '../../core/fraud/statement.ts'
import type { PersonId } from '../../core/ids.ts'
import { samePerson, type Person } from '../../core/people/person.ts'
import { requesterSets, securitySet } from '../../core/policy/sets.ts'
import { raiseAlarm } from '../alarm.ts'
import { knownPerson } from '../evidence.ts'
import type { Ports } from '../ports.ts'

/** A report of fraud, as it was signed. */
export type Report = Envelope<CaseStatementOf<'report'>>

/** Who reports, what they are to the person, and what follows from that. `over`: a case that is closed heard it already. */
export type Opened =
  | { readonly is: 'forged' }
  | { readonly is: 'over' }
  | { readonly is: 'opened'; readonly reported: CaseFactOf<'reported'> }

/** Verifies a report, finds out who the people are, and asks the rule what is done at once. */
export async function openCase(ports: Ports, report: Report): Promise<Opened> {
  if (!isReport(ports, report)) {
    await raiseAlarm(ports, 'case', 'forged-message')
    return { is: 'forged' }
  }
  const { statement, keyId, signature } = report
  const { caseId, actor, at, body } = statement
  // Whoever comes with it again, it must not start a case that can hear nobody.
  if (await ports.cases.isOver(body.subject, [signature])) return { is: 'over' }
  const { plan, as, names } = await judgeReport(ports, report)
  const { subject, subjectSlack, what, about, words, when, application, policyHash } = body
  return {
    is: 'opened',
    reported: {
      type: 'reported',
      at,
      caseId,
      subject,
      ...(subjectSlack && { subjectSlack }),
      by: actor,
      as,
      what,
      ...(about && { about }),
      plan,
      policyHash,
      proof: { keyId, signature },
      details: {
        ...names,
        ...(words && { words }),
        ...(when && { when }),
        ...(application && { application }),
      },
    },
  }
}

/** Whether the bot signed just this as a report. */
export function isReport({ verifier }: Pick<Ports, 'verifier'>, report: unknown): report is Report {
  return isCaseEnvelope(report) && report.statement.kind === 'report' && verifier.verify(report)
}

/** What a verified report leads to, by the policy in force and the people as they are now. */
export async function judgeReport(
  ports: Ports,
  { statement: { caseId, actor, at, body } }: Report,
): Promise<{
  readonly plan: CasePlan
  readonly as: Reporter
  readonly names: { readonly subjectName: string; readonly reporterName: string }
}> {
  const [subject, reporter, subjectProtected] = await Promise.all([
    knownPerson(ports, body.subject),
    knownPerson(ports, actor.person),
    orWhereUnreadable<CaseEvidence['subjectProtected']>('unreadable', () => isProtected(ports, body.subject)),
  ])
  const { policy } = ports.policies.current()
  const as = await reporterIs(ports, reporter, subject)
  // The own word counts as well once it has disabled the account, or what was begun by it could not go on.
  const reporterActive = (reporter.enabled || as === 'subject') && !reporter.guest
  const evidence = { policy, reporter: as, reporterActive, subjectProtected, recentBlocks: 0 }
  const plan = casePlan(evidence)
  const names = { subjectName: subject.name, reporterName: reporter.name }
  if (as === 'subject' || !plan.steps.includes('block')) return { plan, as, names }
  const turn = { id: caseId, reporter: actor.person, subject: body.subject, at }
  const recentBlocks = await ports.blockTurns.othersBefore(turn, policy.fraud.blocksPerHour)
  return { plan: casePlan({ ...evidence, recentBlocks }), as, names }
}

async function reporterIs(ports: Ports, reporter: Person, subject: Person): Promise<Reporter> {
  if (samePerson(reporter, subject)) return 'subject'
  const { policy } = ports.policies.current()
  // A set that can't be read adds nobody: the report is heard, and blocks nobody.
  const belongs = (set: string): Promise<boolean> =>
    orWhereUnreadable(false, () => ports.belongs(policy, set, reporter.id))
  if (await belongs(securitySet)) return 'security'
  const asks = await Promise.all(requesterSets(policy).map(belongs))
  return asks.includes(true) ? 'helpdesk' : 'somebody'
}

/** What stays so until a person mends the policy or the directory must not keep a report from security. */
async function orWhereUnreadable<Value>(instead: Value, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Fault && !error.passing) return instead
    throw error
  }
}

/** How many others of security must be able to sign in. Blocking somebody does not change what this says of them. */
const leastOfOthers = 2

/** Break-glass accounts, and security where so few are left that nobody could undo anything. */
async function isProtected(ports: Ports, subject: PersonId): Promise<boolean> {
  const { policy } = ports.policies.current()
  const { neverBlock } = policy.fraud
  if (neverBlock !== undefined && (await ports.belongs(policy, neverBlock, subject))) return true
  const source = policy.people[securitySet]
  if (source === undefined || !(await ports.belongs(policy, securitySet, subject))) return false
  const others = (await ports.directory.membersOf(source)).filter(
    ({ id, enabled, guest }) => id !== subject && enabled && !guest,
  )
  return others.length < leastOfOthers
}
