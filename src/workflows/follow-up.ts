import { allHandlersFinished, condition, continueAsNew } from '@temporalio/workflow'
import { hearingOf } from '../core/exception/hearing.ts'
import { answerFollowUp } from '../core/follow-up/answer.ts'
import type { FollowUp } from '../core/follow-up/evolve.ts'
import type { Closed } from '../core/follow-up/fact.ts'
import { afterLook } from '../core/follow-up/rules.ts'
import { dueStep, nextStep } from '../core/follow-up/schedule.ts'
import type { FollowUpStart } from '../core/follow-up/start.ts'
import type { Method } from '../core/ports.ts'
import { no, yes } from '../core/result.ts'
import { timerSummaries } from '../core/text/en.ts'
import { beginFollowing, type Following } from './following.ts'
import type { Heard } from './inbox.ts'
import { lookFor, type Look } from './look.ts'
import { whyNot } from './why-not.ts'

/**
 * Goes on with a person after exceptions until there is evidence of a new strong method, or the phone is back where it was
 * only not at hand. It never gives up by itself: nothing is forgotten.
 */
export async function followUp(opened: FollowUpStart, ...joining: FollowUpStart[]): Promise<Closed> {
  const following = beginFollowing(opened, joining)
  let state = following.state()
  while (state.status === 'open') {
    following.takeIn()
    state = await untilClosedOrJoined(following)
  }
  await following.finish()
  await condition(allHandlersFinished)
  // An exception that ended while this follow-up was being closed needs one of its own.
  const [late, ...later] = following.joining
  return late === undefined ? state.because : continueAsNew<typeof followUp>(late, ...later)
}

/** Looks for new methods beside everything else, and asks and listens, until another exception makes it begin anew. */
async function untilClosedOrJoined(following: Following): Promise<FollowUp> {
  const watch = lookFor(() => following.activities.watchMethods(following.start()))
  try {
    while (following.state().status === 'open' && following.joining.length === 0)
      await nextEvent(following, watch)
  } finally {
    watch.stop()
  }
  return following.state()
}

/** A word of the person, another exception, evidence, or the time for the next step: whichever comes first. */
async function nextEvent(following: Following, { found }: Look<readonly Method[]>): Promise<void> {
  const step = nextStep(following.start(), following.state())
  const seen = (): readonly Method[] => found() ?? []
  const unless = (): boolean => seen().length > 0 || following.joining.length > 0
  const heard = await following.next({
    why: timerSummaries.reminder,
    ...(step && { until: step.at }),
    unless,
  })
  if (heard !== undefined) await listen(following, heard)
  else if (following.joining.length > 0) return
  else if (seen().length > 0) following.add(afterLook(following.state(), seen(), Date.now()))
  else await ask(following)
}

/** Whoever tells looks once more first, and asks nobody where there is evidence by now; so the next step waits for it. */
async function ask(following: Following): Promise<void> {
  following.add(dueStep(following.start(), following.state(), Date.now()))
  await following.published()
}

async function listen(following: Following, { envelope, reply }: Heard): Promise<void> {
  const about = following.start()
  const hearing = await following.activities.hear(envelope, hearingOf(about, about.rule)).catch(whyNot)
  if ('code' in hearing) return reply(no(hearing))
  if (hearing.is === 'another') return reply(no({ code: 'over' }))
  if (hearing.is === 'forged') return reply(no({ code: 'unverified' }))
  const now = { start: following.start(), state: following.state() }
  const verdict = answerFollowUp(now, envelope.statement, hearing.standing, Date.now())
  if (!verdict.ok) return reply(verdict)
  following.add(verdict.value)
  return reply(yes('heard'))
}
