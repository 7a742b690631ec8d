import type { ExceptionId, PersonId } from '../ids.ts'
import type { Approval, Request } from './state.ts'

/** To whom somebody speaks: the people of the exception and the rule that it was admitted under. */
export type HearingOf = {
  readonly exceptionId: ExceptionId
  readonly requestHash: string
  readonly subject: PersonId
  readonly requester: PersonId
  readonly approvedBy: readonly PersonId[]
  readonly policyHash: string
  readonly rule: string
}

/** What has to be known of an exception, or of the follow-up after it, to tell what a speaker is to it. */
export function hearingOf(
  about: Pick<Request, 'exceptionId' | 'requestHash' | 'subject' | 'requester' | 'policyHash'>,
  rule: string,
  approvals: readonly Approval[] = [],
): HearingOf {
  const { exceptionId, requestHash, subject, requester, policyHash } = about
  const approvedBy = approvals.map(({ by }) => by.person)
  return { exceptionId, requestHash, subject, requester: requester.person, approvedBy, policyHash, rule }
}
