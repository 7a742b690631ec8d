import type { CallerCheck, Category } from '../../envelope/statement.ts'
import type { Outcome } from '../../exception/fact.ts'
import type { Service } from '../../fault.ts'

/** What people read on buttons. */
export const buttonLabels = {
  approve: 'Approve',
  deny: 'Deny',
  withdraw: 'Withdraw',
  showCode: 'Show my code',
  notMe: 'Not me',
  doesNotWork: 'It does not work',
  notSeen: 'I did not see it',
  revoke: 'Revoke',
  extend: 'Extend',
  setUp: 'Set up now',
  phoneBack: 'Yes, it is back',
  tellSecurity: 'Tell security',
  takeCase: 'I take it',
  takeOver: 'Take over',
  blockNow: 'Block now',
  closeCase: 'Close',
  agreeUnblock: 'Agree to unblock',
  cancel: 'Cancel',
  close: 'Close',
  request: 'Ask',
} as const

/** Titles of modals that are the same for every kind; Slack allows 24 characters. */
export const modalTitles = {
  help: 'It does not work',
  answer: 'Hallpass',
} as const

/** Why an exception is needed, as a choice in the form and as a word in a sentence. */
export const categoryLabels: Readonly<Record<Category, string>> = {
  lost: 'Phone or key lost',
  replaced: 'Phone or key replaced',
  'new-starter': 'New starter',
  'not-at-hand': 'Not at hand today',
  other: 'Something else',
}

/** How the approver made sure, as a choice in the form. */
export const checkLabels: Readonly<Record<CallerCheck, string>> = {
  'called-back': 'Called back on a known number',
  'met-in-person': 'Met in person',
  video: 'Saw them on video',
  other: 'Another way',
}

/** The same, inside a sentence: `checked by …`. */
export const checkedBy: Readonly<Record<CallerCheck, string>> = {
  'called-back': 'calling back',
  'met-in-person': 'meeting in person',
  video: 'video',
  other: 'another way',
}

/** How an exception ended, as a clause. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  refused: 'refused',
  denied: 'denied',
  withdrawn: 'withdrawn',
  'timed-out': 'timed out',
  stopped: 'stopped by the subject',
  'never-claimed': 'approved, never opened',
  'mints-used-up': 'nothing arrived',
  used: 'used',
  expired: 'expired unused',
  revoked: 'revoked',
  replaced: 'replaced by another one',
  extended: 'more time given',
  'not-extended': 'no time added',
}

/** The systems that may not answer, as a sentence begins with them. */
export const serviceNames: Readonly<Record<Service | 'temporal', string>> = {
  graph: 'Microsoft Entra',
  slack: 'Slack',
  postgres: 'Hallpass’s database (PostgreSQL)',
  temporal: 'Hallpass’s engine (Temporal)',
}
