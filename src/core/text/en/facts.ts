import { sayDuration } from '../../duration.ts'
import type { Said } from '../../envelope/statement.ts'
import type { Fact, Outcome } from '../../exception/fact.ts'
import type { FollowUpFact } from '../../follow-up/fact.ts'
import type { Method } from '../../ports.ts'
import { categoryLabels, checkedBy } from './labels.ts'

export type FactType = (Fact | FollowUpFact)['type']

type FactOf = { readonly [Type in FactType]: Extract<Fact | FollowUpFact, { readonly type: Type }> }

/** A fact of one of these types; written so that a type and its payload stay together in a table. */
export type FactWith<Type extends FactType> = {
  readonly [Each in Type]: { readonly type: Each } & FactOf[Each]
}[Type]

/** How an exception ended, as a clause. */
const outcomeWords: Readonly<Record<Outcome, string>> = {
  refused: 'refused',
  denied: 'denied',
  withdrawn: 'withdrawn',
  'timed-out': 'timed out',
  stopped: 'stopped by the subject',
  'never-claimed': 'approved, never opened',
  'mints-used-up': 'no code arrived',
  used: 'used',
  expired: 'expired unused',
  revoked: 'revoked',
}

const saidWords: Readonly<Record<Said['kind'], string>> = {
  request: 'ask',
  approve: 'approve',
  deny: 'deny',
  withdraw: 'withdraw',
  claim: 'open the pass',
  'not-seen': 'replace the code',
  revoke: 'revoke',
  'not-me': 'stop it',
  'phone-back': 'say that the phone is back',
}

/** One sentence per fact, for timelines and the record. Plain text: whoever shows it escapes it. */
export const factSentences: { readonly [Type in FactType]: (fact: FactWith<Type>) => string } = {
  requested: ({ details, duration, category, ticket }) =>
    `${details.requesterName} asked for a pass for ${details.subjectName}: ${sayDuration(duration)}, ${categoryLabels[category].toLowerCase()}${ticket === undefined ? '' : `, ${ticket}`}.`,
  refused: ({ refusal }) => `Refused by a rule (${refusal.code}).`,
  admitted: ({ plan, details }) =>
    `Admitted under “${plan.rule}”; asked: ${details.askedNames}; approvals needed: ${plan.needed}.`,
  pinged: () => 'The approvers were reminded.',
  'attempt-refused': ({ details, said, refusal }) =>
    `${details.name} tried to ${saidWords[said]} and was refused (${refusal.code}).`,
  approved: ({ details, checked, complete }) =>
    `Approved by ${details.name}; checked by ${checkedBy[checked]}.${complete ? '' : ' More approvals are needed.'}`,
  denied: ({ details }) => `Denied by ${details.name}: “${details.reason}”.`,
  withdrawn: () => 'Withdrawn by the person who asked.',
  'timed-out': () => 'Nobody decided in time.',
  'never-claimed': () => 'Approved, but not opened in time.',
  shown: ({ attempt }) => `The code was made and shown${attempt === 1 ? '' : `, attempt ${attempt}`}.`,
  'mint-failed': ({ attempt, refusal, settled }) =>
    `No code was shown (${attempt}, ${refusal.code}); ${settled ? 'nothing of it is alive' : 'what it may have made is being ended'}.`,
  'mints-used-up': () => 'No more codes can be made under this approval.',
  hidden: () => 'The code was hidden.',
  'not-seen': () => 'The subject did not see the code.',
  reopened: () => 'That code is gone; another one can be shown.',
  used: () => 'The pass was used to sign in.',
  expired: () => 'The pass ended without being used.',
  vanished: () => 'Somebody removed the pass at the provider.',
  cancelled: () => 'An operator cancelled the workflow in Temporal, which revokes the pass.',
  'revoke-asked': ({ details }) => `${details.name} revoked it: “${details.reason}”.`,
  stopped: () => 'The subject pressed Not me.',
  revoked: (fact) => revokedSentence(fact),
  forged: ({ said }) => `A forged message (${said}) came and counted for nothing.`,
  ended: ({ outcome }) => `Over: ${outcomeWords[outcome]}. Nothing that was issued is alive.`,
  'follow-up-opened': ({ category }) =>
    category === 'not-at-hand'
      ? 'The follow-up began: until the phone is back.'
      : 'The follow-up began: until a new sign-in method is there.',
  'follow-up-joined': () => 'Another exception joined the follow-up.',
  'reminder-due': ({ number, of }) => `Reminder ${number} of ${of} was due.`,
  'evidence-seen': ({ methods }) => `A new sign-in method was seen: ${labelsOf(methods)}.`,
  'phone-back-said': () => 'The subject said that the phone is back.',
  'still-missing': () => 'After the last reminder there is still no new sign-in method.',
  'follow-up-closed': ({ because }) =>
    because === 'evidence'
      ? 'Follow-up closed: a new sign-in method is there.'
      : 'Follow-up closed: the phone is back.',
}

function revokedSentence({ wasUsed, sessionsRevoked, methodsAdded }: FactWith<'revoked'>): string {
  const use = wasUsed ? 'it had been used' : 'it had not been used'
  const sessions = sessionsRevoked ? ', sessions were ended' : ''
  const added = methodsAdded.length > 0 ? `, added meanwhile: ${labelsOf(methodsAdded)}` : ''
  return `The pass is gone at the provider; ${use}${sessions}${added}.`
}

function labelsOf(methods: readonly Method[]): string {
  return methods.map((method) => method.label).join(', ')
}
