/** Ids of buttons. A button's value is the id of the exception and nothing else: who may act is decided at the click. */
export const actions = {
  approve: 'approve',
  deny: 'deny',
  withdraw: 'withdraw',
  showCode: 'show-code',
  notMe: 'not-me',
  doesNotWork: 'does-not-work',
  notSeen: 'not-seen',
  revoke: 'revoke',
  extend: 'extend',
  phoneBack: 'phone-back',
  setUp: 'set-up',
} as const

export type Action = (typeof actions)[keyof typeof actions]

/** The same for buttons on the card of a case; a button's value is the id of the case. */
export const caseActions = {
  tellSecurity: 'tell-security',
  takeCase: 'take-case',
  blockNow: 'block-now',
  closeCase: 'close-case',
  agreeUnblock: 'agree-unblock',
} as const

/** Ids of windows (`callback_id`). */
export const forms = {
  request: 'request-form',
  approve: 'approve-form',
  deny: 'deny-form',
  revoke: 'revoke-form',
  extend: 'extend-form',
  code: 'code',
  help: 'help',
  answer: 'answer',
} as const

/** The same for windows about a case. */
export const caseForms = {
  report: 'report-form',
  closeCase: 'close-form',
  agreeUnblock: 'agree-form',
} as const
