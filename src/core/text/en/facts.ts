import { sayDuration } from '../../duration.ts'
import type { Said } from '../../envelope/statement.ts'
import type { End } from '../../exception/end.ts'
import type { Fact, Outcome } from '../../exception/fact.ts'
import type { FollowUpFact } from '../../follow-up/fact.ts'
import { endsByWord } from '../../follow-up/rules.ts'
import type { Method } from '../../ports.ts'
import type { RevocationFact } from '../../revocation/fact.ts'
import { caseDisplayId } from '../../ids.ts'
import { aNounOf } from './kinds.ts'
import { categoryLabels, checkedBy, outcomeWords } from './labels.ts'
import { refusalText } from '../refusal-text.ts'
import { plainText } from '../markup.ts'

type Told = Fact | FollowUpFact | RevocationFact

export type FactType = Told['type']

type FactOf = { readonly [Type in FactType]: Extract<Told, { readonly type: Type }> }

/** A fact of one of these types; written so that a type and its payload stay together in a table. */
export type FactWith<Type extends FactType> = {
  readonly [Each in Type]: { readonly type: Each } & FactOf[Each]
}[Type]

const saidWords: Readonly<Record<Said['kind'], string>> = {
  request: 'ask',
  approve: 'approve',
  deny: 'deny',
  withdraw: 'withdraw',
  claim: 'open it',
  'not-seen': 'replace it',
  revoke: 'revoke',
  'not-me': 'stop it',
  'phone-back': 'say that the phone is back',
}

/** One sentence per fact, for timelines and the record. Plain text: whoever shows it escapes it. */
export const factSentences: { readonly [Type in FactType]: (fact: FactWith<Type>) => string } = {
  requested: ({ details, duration, category, ticket, ...request }) =>
    `${details.requesterName} asked for ${aNounOf({ request })} for ${details.subjectName}: ${sayDuration(duration)}, ${categoryLabels[category].toLowerCase()}${ticket === undefined ? '' : `, ${ticket}`}.`,
  refused: ({ refusal }) => `Refused: ${plainText(refusalText(refusal))}`,
  admitted: ({ plan, details }) =>
    `Allowed by the rule “${plan.rule}”. Asked to approve: ${details.askedNames}; ${plan.needed === 1 ? 'one of them is enough' : `${plan.needed} of them have to`}.`,
  pinged: () => 'The approvers were reminded.',
  'attempt-refused': ({ details, said, refusal }) =>
    `${details.name} tried to ${saidWords[said]} and read: “${plainText(refusalText(refusal))}”`,
  approved: ({ details, checked, complete }) =>
    `Approved by ${details.name}; checked by ${checkedBy[checked]}.${complete ? '' : ' More approvals are needed.'}`,
  denied: ({ details }) => `Denied by ${details.name}: “${details.reason}”.`,
  withdrawn: () => 'Withdrawn by the person who asked.',
  'timed-out': () => 'Nobody decided in time.',
  'never-claimed': () => 'Approved, but not opened in time.',
  shown: ({ attempt }) => `It was made and shown${attempt === 1 ? '' : `, attempt ${attempt}`}.`,
  'mint-failed': ({ attempt, refusal, settled }) =>
    `Attempt ${attempt} showed nothing: “${plainText(refusalText(refusal))}” ${settled ? 'Nothing of it is alive.' : 'What it may have made is being ended.'}`,
  'mints-used-up': () => 'No more can be made under this approval.',
  hidden: () => 'It was hidden again.',
  extended: () => 'What is out was given more time, as it was asked for in a request of its own.',
  replaced: () => 'Another one, asked for as more time, took its place.',
  'not-extended': ({ refusal }) => `No time was added: “${plainText(refusalText(refusal))}”`,
  'not-seen': () => 'The subject did not see it.',
  reopened: () => 'It is gone; another one can be opened.',
  used: () => 'It was used to sign in.',
  expired: () => 'It ended without being used.',
  vanished: () => 'Somebody removed it outside Hallpass.',
  voided: () => 'Too many wrong codes were tried, so it is void.',
  cancelled: () => 'Whoever runs Hallpass cancelled it, and so it is revoked.',
  'revoke-asked': ({ details }) => `${details.name} revoked it: “${details.reason}”.`,
  stopped: () => 'The subject pressed Not me.',
  'stopped-for-case': ({ caseId }) => `Fraud was reported: ${caseDisplayId(caseId)}.`,
  revoked: (fact) => revokedSentence(fact),
  forged: ({ said }) =>
    `Somebody tried to ${saidWords[said]} with a message that Hallpass did not sign. It counted for nothing.`,
  ended: ({ outcome }) => `Over: ${outcomeWords[outcome]}${what(outcome)}.`,
  'follow-up-opened': ({ category }) =>
    endsByWord(category)
      ? 'The follow-up began: it goes on until the phone is back.'
      : 'The follow-up began: reminders until a new sign-in method is there.',
  'follow-up-joined': () => 'Another exception of the same person ended: the follow-up begins anew.',
  'reminder-due': ({ number, of }) => `Reminder ${number} of ${of} was due.`,
  'phone-asked': () => 'The subject was asked whether the phone is back.',
  'evidence-seen': ({ methods }) => `A new sign-in method was seen: ${labelsOf(methods)}.`,
  'phone-back-said': () => 'The subject said that the phone is back.',
  'still-missing': () => 'Still open: the person who asked for it was asked to help.',
  'follow-up-closed': ({ because }) =>
    because === 'evidence'
      ? 'Follow-up closed: a new sign-in method is there.'
      : 'Follow-up closed: the phone is back.',
  'revoked-directly': (fact) => {
    const { name, reason = '' } = fact.details
    const pressed = fact.said === 'not-me' ? 'pressed Not me' : `revoked it (“${reason}”)`
    return `${name} ${pressed}, outside the workflow. ${revokedSentence(fact)}`
  },
  'revocation-refused': ({ details, said, refusal }) =>
    `${details.name} tried to ${saidWords[said]} ${refusal.code === 'over' ? 'too late' : 'without the right to'}; nothing was ended.`,
}

function revokedSentence({ wasUsed, sessionsRevoked, methodsAdded }: End): string {
  const use = wasUsed ? 'it had been used' : 'it had not been used'
  const sessions = sessionsRevoked ? ', the person was signed out everywhere' : ''
  const added = methodsAdded.length > 0 ? `, added meanwhile: ${labelsOf(methodsAdded)}` : ''
  return `Checked: nothing of it is alive; ${use}${sessions}${added}.`
}

/** What an end leaves, where no fact before it says so. */
function what(outcome: Outcome): string {
  switch (outcome) {
    case 'refused':
    case 'denied':
    case 'withdrawn':
    case 'timed-out':
      return '; nothing was made'
    case 'never-claimed':
    case 'mints-used-up':
      return '; nothing of it is alive'
    case 'stopped':
    case 'used':
    case 'expired':
    case 'revoked':
    case 'replaced':
    case 'extended':
    case 'not-extended':
      return ''
  }
}

function labelsOf(methods: readonly Method[]): string {
  return methods.map((method) => method.label).join('; ')
}
