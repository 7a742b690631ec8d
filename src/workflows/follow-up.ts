import { allHandlersFinished, condition, continueAsNew } from '@temporalio/workflow'
import { hearingOf } from '../core/exception/hearing.ts'
import { answerFollowUp } from '../core/follow-up/answer.ts'
import { afterEvidence, afterReminder, dueReminder, nextReminderAt } from '../core/follow-up/rules.ts'
import type { FollowUpStart } from '../core/follow-up/start.ts'
import { no, yes } from '../core/result.ts'
import { timerSummaries } from '../core/text/en/summaries.ts'
import { beginFollowing, type Closed, type Following } from './following.ts'
import type { Heard } from './inbox.ts'
import { whyNot } from './why-not.ts'

/** Reminds a person until there is evidence of a new strong method. It never gives up by itself: nothing is forgotten. */
export async function followUp(opened: FollowUpStart): Promise<Closed> {
  const following = beginFollowing(opened)
  let closed: Closed | undefined
  while (closed === undefined) {
    await nextEvent(following)
    closed = following.closed()
  }
  await following.finish()
  await condition(allHandlersFinished)
  const late = following.late()
  if (late !== undefined) return continueAsNew<typeof followUp>(late)
  return closed
}

/** A word of the person, evidence at the provider, or the time for a reminder: whichever comes first. */
async function nextEvent(following: Following): Promise<void> {
  const start = following.start()
  const until = nextReminderAt(start, following.sent())
  const wait = { why: timerSummaries.reminder, ...(until === undefined ? {} : { until }) }
  const isNews = (): boolean => following.found().length > 0 || following.start() !== start
  const heard = await following.next({ ...wait, unless: isNews })
  if (heard !== undefined) return listen(following, heard)
  if (following.found().length > 0) return following.add(afterEvidence(following.found(), Date.now()))
  return following.start() === start ? remind(following, start) : undefined
}

/** Whoever tells the person looks once more first, and tells nothing where there is evidence by now. */
async function remind(following: Following, start: FollowUpStart): Promise<void> {
  const reminder = dueReminder(start, following.sent(), Date.now())
  if (reminder === undefined) return
  following.add([reminder])
  await following.published()
  if (following.start() === start && following.found().length === 0)
    following.add(afterReminder(reminder, Date.now()))
}

async function listen(following: Following, { envelope, reply }: Heard): Promise<void> {
  const start = following.start()
  const hearing = await following.activities.hear(envelope, hearingOf(start, start.rule)).catch(whyNot)
  if ('code' in hearing) return reply(no(hearing))
  if (hearing.is === 'forged') return reply(no({ code: 'unverified' }))
  const verdict = answerFollowUp(start, envelope.statement, hearing.standing, Date.now())
  if (!verdict.ok) return reply(verdict)
  following.add(verdict.value)
  return reply(yes('heard'))
}
