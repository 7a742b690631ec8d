import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  setHandler,
  Trigger,
} from '@temporalio/workflow'
import { isHeard } from '../core/exception/answer.ts'
import { afterAdmission, unjudged } from '../core/exception/admitted.ts'
import { decideUntil } from '../core/exception/clocks.ts'
import { due, wakeAt } from '../core/exception/due.ts'
import { isReplaced } from '../core/exception/extension.ts'
import type { Outcome } from '../core/exception/fact.ts'
import type { StateOf } from '../core/exception/state.ts'
import { followUpStart } from '../core/follow-up/start.ts'
import { yes } from '../core/result.ts'
import { timerSummaries } from '../core/text/en.ts'
import { endBeside, untilGone } from './ending.ts'
import { openExtension } from './extension.ts'
import { untilNoneLeft } from './hide-code.ts'
import { openInbox } from './inbox.ts'
import { everyLife, firstLife, type Life } from './life.ts'
import { hearer, isReport, isWord, listen, named } from './listen.ts'
import { admission, type AdmissionReply, type ExceptionStart } from './messages.ts'
import { untilUsedOrOver } from './watch-over.ts'
import { whyNot } from './why-not.ts'

/** The life of one exception: asked for, approved by a second person, shown once, ended, handed to the follow-up. */
export async function exception({ request }: ExceptionStart): Promise<Outcome> {
  const life = firstLife(request, (wait) => inbox.next(wait))
  const inbox = openInbox({
    isEnvelope: isWord,
    refuse(statement) {
      if (isReport(statement)) return undefined
      if (hearer(life, statement).state().status === 'ended') return 'over'
      return isHeard(named(life, statement).state(), statement) ? undefined : 'enough-refusals'
    },
  })
  return CancellationScope.nonCancellable(async () => {
    await untilAdmitted(life)
    const last = await untilEnded(life)
    inbox.close()
    for (const each of everyLife(life)) await each.published()
    for (const each of everyLife(life)) await handOver(each)
    for (const each of everyLife(life)) await untilNoneLeft(each)
    await condition(allHandlersFinished)
    const ended = last.state()
    return ended.status === 'ended' ? ended.outcome : 'refused'
  })
}

/** The request is verified and judged by the directory, the policy and the provider; the requester waits for this. */
async function untilAdmitted(life: Life): Promise<void> {
  const { request } = life
  const reply = new Trigger<AdmissionReply>()
  setHandler(admission, async () => reply)
  const judged = await life.activities.admit(request).catch((error) => unjudged(request, whyNot(error)))
  // A forged request is nobody's word: it leaves an alarm, and no exception.
  if (judged.is === 'forged')
    throw ApplicationFailure.nonRetryable('The request was not signed by the bot.', 'forged')
  life.add(afterAdmission(judged, Date.now()))
  const { plan, askedNames: asked } = judged
  reply.resolve(plan.ok ? yes({ asked, until: decideUntil(request.statement.at, plan.value) }) : plan)
}

/** Chapter by chapter. What took its place lives on in here, and so on; answers the last of them. */
async function untilEnded(life: Life): Promise<Life> {
  while (life.state().status !== 'ended' && !isReplaced(life.state())) await liveOn(life)
  const next = openExtension(life)
  if (next === undefined) return life
  const [last] = await Promise.all([untilEnded(next), endBeside(life)])
  return last
}

/** The next chapter, by what the exception is now. */
async function liveOn(life: Life): Promise<void> {
  const state = life.state()
  if (life.isCancelled()) return life.add([{ type: 'cancelled', at: Date.now() }])
  switch (state.status) {
    case 'waiting':
      return untilSaidOrDue(life, state, timerSummaries.decision)
    case 'approved':
      // The grant is there; the credential is only minted when the subject claims it.
      return untilSaidOrDue(life, state, timerSummaries.claim)
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

/** Somebody says something, or its time has come: what was said before is heard before. */
async function untilSaidOrDue(
  life: Life,
  state: StateOf<'waiting' | 'approved'>,
  why: string,
): Promise<void> {
  const heard = await life.next({ until: wakeAt(state), why, unless: life.isCancelled })
  return heard === undefined ? life.add(due(state, Date.now())) : listen(life, heard)
}

async function handOver(life: Life): Promise<void> {
  const ended = life.state()
  const start = ended.status === 'ended' ? followUpStart(ended) : undefined
  if (start !== undefined) await life.activities.openFollowUp(start)
}
