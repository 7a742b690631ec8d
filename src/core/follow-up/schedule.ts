import type { FollowUp } from './evolve.ts'
import type { Asking } from './fact.ts'
import { endsByWord } from './rules.ts'
import type { FollowUpStart } from './start.ts'

/** What a follow-up goes by: `remind` in seconds after `endedAt`, which is in epoch milliseconds. */
type Schedule = Pick<FollowUpStart, 'category' | 'remind' | 'endedAt'>

/** How far it has come. */
type Progress = Pick<FollowUp, 'reminders' | 'helpAsked'>

/** What is due next, `at` its time (epoch milliseconds); undefined after the last, when it only waits. */
export function nextStep(schedule: Schedule, { reminders, helpAsked }: Progress): Asking | undefined {
  const at = schedule.remind.map((after) => schedule.endedAt + after * 1000)
  const last = at.at(-1)
  if (last === undefined || helpAsked) return undefined
  const asked = endsByWord(schedule.category) ? [oneQuestion(at, last, schedule)] : remindersAt(at)
  return asked[reminders] ?? { type: 'still-missing', at: last }
}

/** What is due by now. */
export function dueStep(schedule: Schedule, progress: Progress, now: number): readonly Asking[] {
  const step = nextStep(schedule, progress)
  return step === undefined || now < step.at ? [] : [{ ...step, at: now }]
}

/** What was lost is missing until there is something new: each time of the schedule is a reminder. */
function remindersAt(times: readonly number[]): readonly Asking[] {
  return times.map((at, index) => ({ type: 'reminder-due', at, number: index + 1, of: times.length }))
}

/**
 * A phone that is at home comes back by itself: one question, at the last time but one of the schedule, so that there was
 * time to fetch it. The last time is the requester's.
 */
function oneQuestion(times: readonly number[], until: number, { endedAt }: Schedule): Asking {
  return { type: 'phone-asked', at: times.at(-2) ?? endedAt, until }
}
