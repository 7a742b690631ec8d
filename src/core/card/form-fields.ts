/** Where a form's input is found in `view.state.values`: `[block][action]`. */
export type Field = { readonly block: string; readonly action: string }

/** The form that asks for an exception. */
export const requestFields = {
  subject: { block: 'subject', action: 'subject-user' },
  application: { block: 'application', action: 'application-choice' },
  duration: { block: 'duration', action: 'duration-seconds' },
  category: { block: 'category', action: 'category-choice' },
  ticket: { block: 'ticket', action: 'ticket-text' },
  reason: { block: 'reason', action: 'reason-text' },
} as const satisfies Record<string, Field>

export type RequestField = keyof typeof requestFields

/** The form that an approver fills in. */
export const approveFields = {
  checked: { block: 'checked', action: 'checked-choice' },
} as const satisfies Record<string, Field>

/** The form that reports fraud. */
export const reportFields = {
  subject: { block: 'subject', action: 'subject-user' },
  what: { block: 'what', action: 'what-choice' },
  when: { block: 'when', action: 'when-text' },
  application: { block: 'application', action: 'application-text' },
  words: { block: 'words', action: 'words-text' },
} as const satisfies Record<string, Field>

/** The form that closes a case. Its reason is found where every reason is. */
export const closeFields = {
  outcome: { block: 'outcome', action: 'outcome-choice' },
  madeSafe: { block: 'made-safe', action: 'made-safe-choices' },
} as const satisfies Record<string, Field>

/** What is ticked there, as it is sent. */
export const madeSafe = { passwordReset: 'password-reset', methodsReviewed: 'methods-reviewed' } as const

/** The forms for a denial and for ending a pass. */
export const reasonFields = {
  reason: { block: 'reason', action: 'reason-text' },
} as const satisfies Record<string, Field>
