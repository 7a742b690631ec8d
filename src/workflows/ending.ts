import { lateEffect } from '../core/exception/credentials.ts'
import { endOrder, type End } from '../core/exception/end.ts'
import type { Fact, Outcome } from '../core/exception/fact.ts'
import type { State, StateOf } from '../core/exception/state.ts'
import { timerSummaries } from '../core/text/en/summaries.ts'
import { mintTakes } from './activities.ts'
import { hideNow } from './hide-code.ts'
import type { Life } from './life.ts'
import { listenWhile } from './listen.ts'
import { sleep } from '@temporalio/workflow'

/** Something must end: the credential is revoked and looked for until the provider has confirmed that it is gone. */
export async function untilGone(life: Life): Promise<void> {
  hideNow(life)
  const lost = ending(life.state())
  const ended = await endNow(life)
  if (lost?.why !== 'mint-lost') return life.add(whatFollows(ending(life.state()), ended))
  await listenWhile(
    life,
    timerSummaries.settle,
    sleep(mintTakes + lateEffect, { summary: timerSummaries.settle }),
  )
  return life.add(whatFollows(ending(life.state()), await endNow(life)))
}

/** Ends what the exception owns, for as long as it takes, and answers everybody meanwhile. */
export async function endNow(life: Life): Promise<End> {
  const state = life.state()
  // A run that was reset does not know of the attempts before: the record of attempts does.
  if (!('mints' in state) || state.approvals.length < state.plan.needed) return nothingToEnd
  const order = endOrder(state, state.plan.revokeSessions)
  const wasUsed = order.wasUsed || life.wasUsed
  const ended = await listenWhile(life, timerSummaries.ending, life.activities.end({ ...order, wasUsed }))
  life.wasUsed = ended.wasUsed
  return ended
}

const nothingToEnd: End = { wasUsed: false, sessionsRevoked: false, methodsAdded: [] }

function ending(state: State): StateOf<'ending'> | undefined {
  return state.status === 'ending' ? state : undefined
}

/** Revoked and stopped exceptions are over; one whose code was not seen, or got lost, may be claimed again. */
function whatFollows(state: StateOf<'ending'> | undefined, end: End): readonly Fact[] {
  if (state === undefined) return []
  const at = Date.now()
  const over = (outcome: Outcome): readonly Fact[] => [
    { type: 'revoked', at, ...end },
    { type: 'ended', at, outcome },
  ]
  switch (state.why) {
    case 'revoked':
      return over('revoked')
    case 'stopped':
      return over('stopped')
    case 'not-seen':
    case 'mint-lost':
      // A code that its owner did not see and that was used all the same was used by somebody else.
      return end.wasUsed ? over('revoked') : [{ type: 'reopened', at }]
  }
}
