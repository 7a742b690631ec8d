import { afterPass, type Seen } from '../core/exception/after-end.ts'
import { due, wakeAt } from '../core/exception/due.ts'
import type { StateOf } from '../core/exception/state.ts'
import { timerSummaries } from '../core/text/en.ts'
import { watchAt } from './activities.ts'
import { carryOn } from './carry-on.ts'
import { openExtension } from './extension.ts'
import { endNow } from './ending.ts'
import { hideNow } from './hide-code.ts'
import type { Life } from './life.ts'
import { listen } from './listen.ts'
import { lookFor, type Look } from './look.ts'

/**
 * The code is out: until the pass is used, expires, is revoked or replaced, or the subject says that it was not seen.
 * Meanwhile somebody may ask for more time.
 */
export async function untilUsedOrOver(life: Life, shown: StateOf<'active'>): Promise<void> {
  const watch = watchPass(shown)
  try {
    for (let state = life.state(); state.status === 'active'; state = life.state()) {
      if (life.isCancelled()) return
      if (state.hidden) hideNow(life)
      const why = state.hidden ? timerSummaries.expiry : timerSummaries.hide
      const unless = (): boolean => watch.found() !== undefined || life.isCancelled()
      const extension = openExtension(life)
      const until = Math.min(wakeAt(state), extensionWakesAt(extension))
      const heard = await life.next({ until, why, unless })
      const seen = watch.found() ?? (Date.now() < state.lease.expiresAt ? undefined : 'over')
      if (heard !== undefined) await listen(life, heard)
      else if (seen !== undefined) await over(life, seen)
      else {
        life.add(due(state, Date.now()))
        extensionDue(extension)
      }
      await carryOn(life)
    }
  } finally {
    watch.stop()
    hideNow(life)
  }
}

function extensionWakesAt(extension: Life | undefined): number {
  const state = extension?.state()
  return state?.status === 'waiting' || state?.status === 'approved' ? wakeAt(state) : Infinity
}

function extensionDue(extension: Life | undefined): void {
  const state = extension?.state()
  if (state?.status === 'waiting' || state?.status === 'approved') extension?.add(due(state, Date.now()))
}

function watchPass({ request, lease, plan, shownAt }: StateOf<'active'>): Look<Seen> {
  const { provider, subject } = request
  const order = { provider, subject, credentialId: lease.credentialId, shownAt, pace: plan.watch }
  return lookFor(
    () => watchAt(provider)(order),
    () => 'over',
  )
}

/** The provider's own expiry is verified, and enforced where it failed. */
async function over(life: Life, seen: Seen): Promise<void> {
  const end = seen === 'used' ? undefined : await endNow(life)
  life.add(afterPass(life.state(), seen, end, Date.now()))
}
