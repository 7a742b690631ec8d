import type { Refusal } from '../refusal.ts'
import type { Case, ClosedCase } from './state.ts'

/** What became of a wish to close a case. `refusal`: why the agreement that there was does not count. */
export type WishStanding =
  | { readonly is: 'unknown' }
  | { readonly is: 'waiting'; readonly refusal?: Refusal }
  | { readonly is: 'agreed' }
  | { readonly is: 'closed'; readonly state: ClosedCase }

/** What became of the wish with this signature; `unknown` where the case has not heard it, or another one since. */
export function wishStanding(state: Case, close: string): WishStanding {
  const { closing, agreed, voided } = state
  if (closing?.close !== close) return { is: 'unknown' }
  if (state.status === 'closed') return { is: 'closed', state }
  if (agreed !== undefined) return { is: 'agreed' }
  return { is: 'waiting', ...(voided && { refusal: voided }) }
}
