import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  setHandler,
} from '@temporalio/workflow'
import { nextPingAt } from '../core/exception/clocks.ts'
import type { Outcome } from '../core/exception/fact.ts'
import { mintsPerApproval } from '../core/exception/may-mint.ts'
import type { StateOf } from '../core/exception/state.ts'
import { afterwards } from '../core/follow-up/rules.ts'
import { requestedBy } from '../core/exception/requested.ts'
import { followUpStart } from '../core/follow-up/start.ts'
import { no, yes } from '../core/result.ts'
import { timerSummaries } from '../core/text/en/summaries.ts'
import { claim } from './claim.ts'
import { untilGone } from './ending.ts'
import { beginLife, type Life } from './life.ts'
import { listen } from './listen.ts'
import { admission, type AdmissionReply, type ExceptionStart } from './messages.ts'
import { untilUsedOrOver } from './watch-over.ts'
import { whyNot } from './why-not.ts'

/** The life of one exception: asked for, approved by a second person, shown once, ended, handed to the follow-up. */
export async function exception(start: ExceptionStart): Promise<Outcome> {
  const life = beginLife(start)
  return CancellationScope.nonCancellable(async () => {
    await untilAdmitted(life)
    while (life.state().status !== 'ended') await liveOn(life)
    await life.finish()
    await handOver(life)
    await condition(allHandlersFinished)
    const ended = life.state()
    return ended.status === 'ended' ? ended.outcome : 'refused'
  })
}

/** The next chapter, by what the exception is now. */
async function liveOn(life: Life): Promise<void> {
  const state = life.state()
  if (life.isCancelled()) return life.add([{ type: 'cancelled', at: Date.now() }])
  switch (state.status) {
    case 'waiting':
      return untilDecided(life, state)
    case 'approved':
      return untilClaimed(life, state)
    case 'active':
      return untilUsedOrOver(life, state)
    case 'ending':
      return untilGone(life)
    case 'new':
    case 'requested':
    case 'ended':
      // Admission always leads on; only an answer that no activity of ours gives can end up here.
      throw ApplicationFailure.nonRetryable('The exception can not go on.', 'stuck')
  }
}

/** The request is verified and judged by the directory, the policy and the provider; the requester waits for this. */
async function untilAdmitted(life: Life): Promise<void> {
  let reply: AdmissionReply | undefined
  setHandler(admission, async () => {
    await condition(() => reply !== undefined)
    return reply ?? no(whyNot(undefined))
  })
  const judged = await life.activities.admit(life.request).catch((error: unknown) => no(whyNot(error)))
  // A forged request is nobody's word: it leaves an alarm, and no exception.
  if ('is' in judged && judged.is === 'forged')
    throw ApplicationFailure.nonRetryable('The request was not signed by the bot.', 'forged')
  const at = Date.now()
  const plan = 'is' in judged ? judged.plan : judged
  life.add([
    'is' in judged
      ? judged.requested
      : requestedBy(life.request, { subjectName: 'unknown', requesterName: 'unknown' }),
  ])
  if (plan.ok) {
    const askedNames = 'is' in judged ? judged.askedNames : ''
    life.add([{ type: 'admitted', at, plan: plan.value, details: { askedNames } }])
    reply = yes({ asked: askedNames, until: life.request.statement.at + plan.value.answerWithin * 1000 })
  } else {
    life.add([
      { type: 'refused', at, refusal: plan.reason },
      { type: 'ended', at, outcome: 'refused' },
    ])
    reply = plan
  }
}

async function untilDecided(life: Life, state: StateOf<'waiting'>): Promise<void> {
  const until = Math.min(state.until, nextPingAt(state))
  const heard = await life.next({ until, why: timerSummaries.decision, unless: life.isCancelled })
  if (heard !== undefined) return listen(life, heard)
  const now = Date.now()
  if (now < until) return undefined
  return life.add(
    now < state.until
      ? [{ type: 'pinged', at: now }]
      : [
          { type: 'timed-out', at: now },
          { type: 'ended', at: now, outcome: 'timed-out' },
        ],
  )
}

/** The grant is there; the credential is only minted when the subject claims it. */
async function untilClaimed(life: Life, state: StateOf<'approved'>): Promise<void> {
  const at = Date.now()
  if (state.mints >= mintsPerApproval) {
    return life.add([
      { type: 'mints-used-up', at },
      { type: 'ended', at, outcome: 'mints-used-up' },
    ])
  }
  if (at >= state.claimUntil) {
    return life.add([
      { type: 'never-claimed', at },
      { type: 'ended', at, outcome: 'never-claimed' },
    ])
  }
  const wait = { until: state.claimUntil, why: timerSummaries.claim, unless: life.isCancelled }
  const heard = await life.next(wait)
  if (heard === undefined) return undefined
  return heard.envelope.statement.kind === 'claim' ? claim(life, state, heard) : listen(life, heard)
}

async function handOver(life: Life): Promise<void> {
  const ended = life.state()
  if (ended.status !== 'ended' || afterwards(ended) !== 'follow-up') return
  const start = followUpStart(ended)
  if (start !== undefined) await life.activities.openFollowUp(start)
}
