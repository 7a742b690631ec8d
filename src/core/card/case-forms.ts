import { isBlocked, toGiveBack } from '../fraud/answer.ts'
import type { Case } from '../fraud/state.ts'
import type { CloseBody } from '../fraud/statement.ts'
import { longestReason } from '../policy/check-request.ts'
import { caseFormText, reasonLine, whatLabels } from '../text/en.ts'
import { context, plainSection, section } from './blocks.ts'
import type { Modal } from './card.ts'
import { caseIdOf } from './case.ts'
import { closeFields, madeSafe, reasonFields, reportFields } from './form-fields.ts'
import { choice, option, personChoice, ticks, words } from './inputs.ts'
import { caseModal } from './modal.ts'

const longestLine = 150

/** The form that reports fraud, with what was typed already. */
export function reportForm(typed: { readonly words?: string } = {}): Modal {
  const { subject: whom, what, when, application, words: own } = caseFormText
  const line = { longest: longestLine, lines: 'one' } as const
  return caseModal('report', '', [
    personChoice({ field: reportFields.subject, ...whom, optional: true }),
    choice({ field: reportFields.what, ...what }, optionsOf(whatLabels)),
    words({ field: reportFields.when, ...when, optional: true }, line),
    words({ field: reportFields.application, ...application, optional: true }, line),
    words(
      { field: reportFields.words, ...own, optional: true },
      { longest: longestReason, lines: 'several', ...(typed.words && { typed: typed.words }) },
    ),
    context(caseFormText.reportActs()),
  ])
}

/** The form that closes a case, with what was typed already. What must be made safe is asked where something has to be given back. */
export function closeForm(state: Case, typed: Partial<Pick<CloseBody, 'outcome' | 'reason'>> = {}): Modal {
  const { report } = state
  const { outcome, outcomes, reason, closeSummary } = caseFormText
  const blocked = isBlocked(state)
  return caseModal('closeCase', report.caseId, [
    section(closeSummary(report.subjectName, blocked)),
    choice({ field: closeFields.outcome, ...outcome }, optionsOf(outcomes), typed.outcome),
    words(
      { field: reasonFields.reason, ...reason },
      { longest: longestReason, lines: 'several', ...(typed.reason && { typed: typed.reason }) },
    ),
    ticks({ field: closeFields.madeSafe, ...caseFormText.madeSafe, optional: !blocked }, [
      option(caseFormText.passwordReset, madeSafe.passwordReset),
      option(caseFormText.methodsReviewed, madeSafe.methodsReviewed),
    ]),
    context(caseIdOf(state)),
  ])
}

/** Exactly what a second person agrees to, and the signature under it; undefined where nobody asked for a close. */
export function agreeForm(state: Case): Modal | undefined {
  const { closing, report } = state
  if (closing === undefined) return undefined
  const { agreeTo, agreeGives, agreeOnlyIf } = caseFormText
  return caseModal('agreeUnblock', agreedIn({ caseId: report.caseId, close: closing.close }), [
    section(agreeTo(closing, report.reportedAt)),
    plainSection(reasonLine(closing.reason)),
    section(agreeGives(report.subjectName, toGiveBack(state))),
    section(agreeOnlyIf(closing.name)),
    context(caseIdOf(state)),
  ])
}

function agreedIn(about: { readonly caseId: string; readonly close: string }): string {
  return JSON.stringify(about)
}

function optionsOf(labels: Readonly<Record<string, string>>): readonly ReturnType<typeof option>[] {
  return Object.entries(labels).map(([value, label]) => option(label, value))
}
