import { sleep } from '@temporalio/workflow'
import { afterEnd, useFound } from '../core/exception/after-end.ts'
import { lateEffect } from '../core/exception/credentials.ts'
import { endOrder, mayOwnSomething, type End } from '../core/exception/end.ts'
import { timerSummaries } from '../core/text/en.ts'
import { mintTakes } from './activities.ts'
import { hideLate, hideNow } from './hide-code.ts'
import type { Life } from './life.ts'
import { listenWhile } from './listen.ts'

/** Something must end: the credential is revoked and looked for until the provider has confirmed that it is gone. */
export async function untilGone(life: Life): Promise<void> {
  hideNow(life)
  if (life.beingEnded !== undefined) return listenWhile(life, timerSummaries.ending, life.beingEnded)
  const lost = life.state()
  let end = await endNow(life)
  if (lost.status === 'ending' && lost.why === 'mint-lost') {
    life.add(useFound(end, Date.now()))
    const { settle: summary } = timerSummaries
    await listenWhile(life, summary, sleep(mintTakes + lateEffect, { summary }))
    hideLate(life, lost)
    end = await endNow(life)
  }
  const state = life.state()
  if (state.status === 'ending') life.add(afterEnd(state, end, Date.now()))
}

/** Another life goes on and listens; what is left of this one is ended beside that. */
export async function endBeside(life: Life): Promise<void> {
  const state = life.state()
  if (state.status !== 'ending') return
  const order = endOrder(state, state.plan.revokeSessions)
  const end = mayOwnSomething(state) ? await life.activities.end(order) : nothingToEnd
  const now = life.state()
  if (now.status === 'ending') life.add(afterEnd(now, end, Date.now()))
}

/** Ends what the exception owns, for as long as it takes, and answers everybody meanwhile. */
export async function endNow(life: Life): Promise<End> {
  const state = life.state()
  if (!mayOwnSomething(state)) return nothingToEnd
  const order = endOrder(state, state.plan.revokeSessions)
  return listenWhile(life, timerSummaries.ending, life.activities.end(order))
}

const nothingToEnd: End = { wasUsed: false, sessionsRevoked: false, methodsAdded: [] }
