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

/** The forms for a denial and for ending a pass. */
export const reasonFields = {
  reason: { block: 'reason', action: 'reason-text' },
} as const satisfies Record<string, Field>
