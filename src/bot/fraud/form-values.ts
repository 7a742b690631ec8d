import { closeFields, madeSafe, reasonFields, reportFields } from '../../core/card/form-fields.ts'
import { caseOutcomes, whatHappened, type CloseBody, type ReportBody } from '../../core/fraud/statement.ts'
import { at, chosen, typed, type Values } from '../form-values.ts'

/** The form that reports fraud, as it was sent; `subject` is a Slack user id. */
export type ReportValues = Partial<Pick<ReportBody, 'what' | 'when' | 'application' | 'words'>> & {
  readonly subject?: string
}

/** Reads it. What is no choice of ours counts as not chosen. */
export function readReport(values: Values): ReportValues {
  const [when, application, words] = [reportFields.when, reportFields.application, reportFields.words].map(
    (field) => typed(values, field),
  )
  const subject = at(values, reportFields.subject)?.selected_user
  const what = whatHappened.find((one) => one === chosen(values, reportFields.what))
  return {
    ...(subject && { subject }),
    ...(what && { what }),
    ...(when !== undefined && { when }),
    ...(application !== undefined && { application }),
    ...(words !== undefined && { words }),
  }
}

/** The form that closes a case, likewise. */
export function readClose(
  values: Values,
): Pick<CloseBody, 'passwordReset' | 'methodsReviewed'> & Partial<Pick<CloseBody, 'outcome' | 'reason'>> {
  const ticked = at(values, closeFields.madeSafe)?.selected_options?.map(({ value }) => value) ?? []
  const outcome = caseOutcomes.find((one) => one === chosen(values, closeFields.outcome))
  const reason = typed(values, reasonFields.reason)
  return {
    ...(outcome && { outcome }),
    ...(reason !== undefined && { reason }),
    passwordReset: ticked.includes(madeSafe.passwordReset),
    methodsReviewed: ticked.includes(madeSafe.methodsReviewed),
  }
}
