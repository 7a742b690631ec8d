import type { Form } from '../local/check.ts'
import type { Delivery } from '../policy/policy.ts'
import type { State } from './state.ts'

/**
 * How the code of one exception reaches its person: as the policy says, but never in a message to somebody privileged;
 * and where there is no code there is nothing to send.
 */
export function howShown(
  { how }: Delivery,
  { subjectPrivileged, form }: { readonly subjectPrivileged: boolean; readonly form: Form | undefined },
): Delivery['how'] {
  return subjectPrivileged || form === 'let-in' ? 'reveal' : how
}

/** Whether a message may hold a code of this exception, or may have: the plan says so, and enough people approved. */
export function mayHaveSent(state: State): boolean {
  if (!('plan' in state) || state.plan?.how !== 'message') return false
  return state.approvals.length >= state.plan.needed
}
