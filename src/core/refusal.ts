import type { Service } from './fault.ts'

/** Why a rule says no. Codes are stable: they stand in facts. Durations in seconds. The sentences are in text/. */
export type Refusal =
  | { readonly code: 'no-rule' }
  | { readonly code: 'rule-refuses'; readonly says: string }
  | { readonly code: 'not-three-people' }
  | { readonly code: 'subject-disabled' }
  | { readonly code: 'subject-guest' }
  | { readonly code: 'requester-disabled' }
  | { readonly code: 'privileged' }
  | { readonly code: 'too-long'; readonly longest: number }
  | { readonly code: 'provider-range'; readonly shortest: number; readonly longest: number }
  | { readonly code: 'provider-off' }
  | { readonly code: 'provider-refuses'; readonly says: ProviderProblem }
  | { readonly code: 'no-approver' }
  | { readonly code: 'unknown-application' }
  | { readonly code: 'no-user-name' }
  | { readonly code: 'shared-user-name' }
  | { readonly code: 'foreign-pass' }
  | { readonly code: 'reason-too-short'; readonly atLeast: number }
  | { readonly code: 'ticket-missing' }
  | { readonly code: 'ticket-format' }
  | { readonly code: 'unknown-policy' }
  | { readonly code: 'unverified' }
  | { readonly code: 'own-request' }
  | { readonly code: 'own-exception' }
  | { readonly code: 'not-an-approver' }
  | { readonly code: 'not-the-subject' }
  | { readonly code: 'not-the-requester' }
  | { readonly code: 'not-allowed' }
  | { readonly code: 'not-waiting' }
  | { readonly code: 'not-approved' }
  | { readonly code: 'not-shown' }
  | { readonly code: 'over' }
  | { readonly code: 'claim-late' }
  | { readonly code: 'claim-stale' }
  | { readonly code: 'used-up' }
  | { readonly code: 'attempt-seen' }
  | { readonly code: 'attempt-lost' }
  | { readonly code: 'not-delivered' }
  | { readonly code: 'enough-refusals' }
  /** There is a case of fraud about this person. */
  | { readonly code: 'case-open' }
  /** What people may not do with a case. */
  | { readonly code: 'security-only' }
  | { readonly code: 'own-case' }
  | { readonly code: 'own-report' }
  | { readonly code: 'second-person' }
  | { readonly code: 'took-part' }
  | { readonly code: 'not-made-safe' }
  | { readonly code: 'nothing-to-agree' }
  | { readonly code: 'one-already' }
  /** Nobody can give more time to what works once and was used, to what is not out, or to what somebody asked it for. */
  | { readonly code: 'extend-used' }
  | { readonly code: 'extend-none' }
  | { readonly code: 'extend-pending' }
  | { readonly code: 'extend-enough' }
  | { readonly code: 'extend-shorter' }
  /** Another one took its place. */
  | { readonly code: 'replaced' }
  /** A system that must be asked first did not answer; nothing was attempted. */
  | { readonly code: 'not-now'; readonly service: Service }
  /** A system refuses us, or does not know what the policy names: a person has to mend it. */
  | { readonly code: 'to-be-mended'; readonly service: Service }

/** What a provider can say no with; everything else is an error and is tried again. */
export type ProviderProblem =
  'lifetime' | 'policy-disabled' | 'external-guest' | 'forbidden' | 'not-found' | 'unexpected'

export type RefusalCode = Refusal['code']
