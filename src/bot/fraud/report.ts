import type { Envelope } from '../../core/envelope/statement.ts'
import type { CaseStatement, CaseSaid, CaseStatementOf, ReportBody } from '../../core/fraud/statement.ts'
import { idFrom, type CaseId } from '../../core/ids.ts'
import type { CaseView } from '../../core/ports.ts'
import { caseAnswerText } from '../../core/text/en.ts'
import { nothingRecordedText } from '../../core/text/answers.ts'
import { refusalText } from '../../core/text/refusal-text.ts'
import type { Markup } from '../../core/text/markup.ts'
import type { Call, Heard } from '../call.ts'
import type { BotPorts } from '../ports.ts'
import type { Speaker } from '../speaker.ts'

/** What became of a report: which case it is, or that it will be carried out though Temporal is away, or that nobody has it. */
export type Reported =
  { readonly is: 'open' | 'soon'; readonly caseId: CaseId } | { readonly is: 'unrecorded' }

/**
 * Signs a report and hands it to Temporal, or, where that is silent, to PostgreSQL, from where the workers carry it out. A
 * person reads that a case is open only when it is durable. The same delivery is the same report, and one case.
 */
export async function reportFraud(
  ports: BotPorts,
  { actor }: Speaker,
  body: Omit<ReportBody, 'policyHash'>,
  { delivery, at }: Heard,
): Promise<Reported> {
  const caseId = idFrom(ports.sha256(`case/${delivery}`))
  // The case of a report that comes again may be closed by now, and must not open once more.
  if ((await ports.cases.byId(caseId).catch(() => undefined)) !== undefined) return { is: 'open', caseId }
  const statement: CaseStatementOf<'report'> = {
    v: 1,
    caseId,
    actor,
    at,
    kind: 'report',
    body: { ...body, policyHash: ports.policy().hash },
  }
  const report = ports.signer.sign(statement)
  try {
    return { is: 'open', caseId: await ports.caseEngine.report(report) }
  } catch {
    try {
      await ports.revocations.writeReport(report)
      return { is: 'soon', caseId: statement.caseId }
    } catch {
      return { is: 'unrecorded' }
    }
  }
}

/** What whoever reported reads at once. */
export function reportedText(reported: Reported): Markup {
  return reported.is === 'unrecorded'
    ? nothingRecordedText('temporal')
    : caseAnswerText.reported(reported.is, reported.caseId)
}

/** Everything that is said about a case but the report. */
export type CaseWords = Exclude<CaseSaid, { readonly kind: 'report' }>

/** Signs what somebody said about a case, hands it over, and answers. */
export async function speakOfCase(call: Call, { caseId, state }: CaseView, said: CaseWords): Promise<void> {
  const { ports, speaker, at } = call
  const statement: CaseStatement = { v: 1, caseId, actor: speaker.actor, at, ...said }
  const envelope: Envelope<CaseStatement> = ports.signer.sign(statement)
  const { subject, subjectName } = state.report
  const reply = await ports.caseEngine.say(subject, envelope, call.delivery).catch(() => undefined)
  if (reply === undefined) return call.refuse(nothingRecordedText('temporal'))
  if (reply === 'later') return call.say(caseAnswerText.late())
  return reply.ok
    ? call.say(caseAnswerText.heard(said.kind))
    : call.refuse(refusalText(reply.reason, { subject: subjectName }))
}
