import { describe, expect, it } from 'vitest'
import type { Category } from '../../../src/core/envelope/statement.ts'
import type { Asking } from '../../../src/core/follow-up/fact.ts'
import { dueStep, nextStep } from '../../../src/core/follow-up/schedule.ts'
import { asked as endedAt } from '../exception/given.ts'

const hour = 3_600_000
const schedule = (category: Category, remind: readonly number[] = [0, 3600, 86_400, 259_200]) => ({
  category,
  remind,
  endedAt,
})

/** Everything that is ever due, in order. */
function steps(plan: ReturnType<typeof schedule>): readonly Asking[] {
  const all: Asking[] = []
  for (let reminders = 0, helpAsked = false; ;) {
    const step = nextStep(plan, { reminders, helpAsked })
    if (step === undefined) return all
    all.push(step)
    if (step.type === 'still-missing') helpAsked = true
    else reminders += 1
  }
}

describe('what is missing', () => {
  it.each(['lost', 'replaced', 'new-starter', 'other'] as const)(
    'is reminded of at each time of the schedule, then others have to help: %s',
    (category) => {
      expect(steps(schedule(category))).toEqual([
        { type: 'reminder-due', at: endedAt, number: 1, of: 4 },
        { type: 'reminder-due', at: endedAt + hour, number: 2, of: 4 },
        { type: 'reminder-due', at: endedAt + 24 * hour, number: 3, of: 4 },
        { type: 'reminder-due', at: endedAt + 72 * hour, number: 4, of: 4 },
        { type: 'still-missing', at: endedAt + 72 * hour },
      ])
    },
  )
})

describe('a phone that was only not at hand', () => {
  it('is asked after once, and the requester at the last time of the schedule', () => {
    expect(steps(schedule('not-at-hand'))).toEqual([
      { type: 'phone-asked', at: endedAt + 24 * hour, until: endedAt + 72 * hour },
      { type: 'still-missing', at: endedAt + 72 * hour },
    ])
  })

  it('is asked after at once where the schedule has one time', () => {
    expect(steps(schedule('not-at-hand', [3600]))).toEqual([
      { type: 'phone-asked', at: endedAt, until: endedAt + hour },
      { type: 'still-missing', at: endedAt + hour },
    ])
  })
})

describe('what is due', () => {
  const first = { reminders: 1, helpAsked: false }

  it('comes not a moment earlier, and says when it came', () => {
    expect(dueStep(schedule('lost'), first, endedAt + hour - 1)).toEqual([])
    expect(dueStep(schedule('lost'), first, endedAt + hour + 5)).toEqual([
      { type: 'reminder-due', at: endedAt + hour + 5, number: 2, of: 4 },
    ])
  })

  it('is nothing after the last, and where the policy has no times', () => {
    expect(dueStep(schedule('lost'), { reminders: 4, helpAsked: true }, endedAt * 2)).toEqual([])
    expect(dueStep(schedule('lost', []), { reminders: 0, helpAsked: false }, endedAt * 2)).toEqual([])
  })
})
