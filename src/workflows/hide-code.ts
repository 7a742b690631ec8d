import { mayHaveSent } from '../core/exception/delivery.ts'
import { mintsPerApproval } from '../core/exception/may-mint.ts'
import type { StateOf } from '../core/exception/state.ts'
import type { Life } from './life.ts'

/** Takes the code off the screen, and the message with it away, beside everything else: ending it waits for neither. */
export function hideNow(life: Life): void {
  const state = life.state()
  if (state.status === 'new') return
  const { openView: view, sentBy: upTo } = life
  life.openView = undefined
  life.sentBy = undefined
  const { exceptionId } = state.request
  // Closing the view by hand does the same.
  if (view !== undefined) life.activities.hideCode(view, state).catch(() => undefined)
  if (upTo !== undefined) life.activities.removeCode({ exceptionId, upTo }).catch(() => undefined)
}

/** Takes away what a lost attempt may have sent after it was looked for. */
export function hideLate(life: Life, lost: StateOf<'ending'>): void {
  if (lost.plan.how === 'message') life.sentBy = lost.mints
  hideNow(life)
}

/** Waits until no message holds a code of this exception: it is not over before. */
export async function untilNoneLeft(life: Life): Promise<void> {
  if (!mayHaveSent(life.state())) return
  const { exceptionId } = life.request.statement
  await life.activities.removeCode({ exceptionId, upTo: mintsPerApproval })
}
