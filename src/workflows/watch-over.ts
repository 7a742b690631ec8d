import { CancellationScope, isCancellation } from '@temporalio/workflow'
import type { Seen } from '../activities/watch.ts'
import { hideAt } from '../core/exception/clocks.ts'
import type { Fact } from '../core/exception/fact.ts'
import type { StateOf } from '../core/exception/state.ts'
import { timerSummaries } from '../core/text/en/summaries.ts'
import { endNow } from './ending.ts'
import { hideNow } from './hide-code.ts'
import type { Life } from './life.ts'
import { listen } from './listen.ts'

/** The code is out: until the pass is used, expires, is revoked, or the subject says that it was not seen. */
export async function untilUsedOrOver(life: Life, shown: StateOf<'active'>): Promise<void> {
  const watch = watchPass(life, shown)
  try {
    for (let state = life.state(); state.status === 'active'; state = life.state()) {
      if (life.isCancelled()) return
      if (state.hidden) hideNow(life)
      const until = state.hidden ? state.lease.expiresAt : hideAt(state)
      const why = state.hidden ? timerSummaries.expiry : timerSummaries.hide
      const unless = (): boolean => watch.seen() !== undefined || life.isCancelled()
      const heard = await life.next({ until, why, unless })
      if (heard !== undefined) await listen(life, heard)
      else if (watch.seen() !== undefined) await over(life, watch.seen())
      else if (Date.now() >= state.lease.expiresAt) await over(life, 'over')
      else if (Date.now() >= until) life.add([{ type: 'hidden', at: Date.now() }])
    }
  } finally {
    watch.stop()
    hideNow(life)
  }
}

type Watch = { readonly seen: () => Seen; readonly stop: () => void }

/** One activity that looks again and again; its retries leave no events. */
function watchPass(life: Life, { request, lease, plan, shownAt }: StateOf<'active'>): Watch {
  let seen: Seen
  const scope = new CancellationScope({ cancellable: true })
  scope
    .run(async () => {
      const { subject } = request
      const { credentialId } = lease
      seen = await life.activities.watch({ subject, credentialId, shownAt, pace: plan.watch })
    })
    .catch((error: unknown) => {
      if (!isCancellation(error)) seen = 'over'
    })
  return { seen: () => seen, stop: () => scope.cancel() }
}

/** The provider's own expiry is verified, and enforced where it failed. */
async function over(life: Life, seen: Seen): Promise<void> {
  const end = seen === 'used' ? undefined : await endNow(life)
  if (life.state().status !== 'active') return
  life.add(endOf(seen, end?.wasUsed === true, Date.now()))
}

function endOf(seen: Seen, wasUsed: boolean, at: number): readonly Fact[] {
  if (seen === 'used' || wasUsed) {
    return [
      { type: 'used', at },
      { type: 'ended', at, outcome: 'used' },
    ]
  }
  return seen === 'gone'
    ? [
        { type: 'vanished', at },
        { type: 'ended', at, outcome: 'revoked' },
      ]
    : [
        { type: 'expired', at },
        { type: 'ended', at, outcome: 'expired' },
      ]
}
