import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evolveFollowUp } from '../../../src/core/follow-up/evolve.ts'
import type { FollowUpFact } from '../../../src/core/follow-up/fact.ts'
import { actorOf, asked, dana, exceptionId, phone } from '../exception/given.ts'

const at = asked
const facts: { readonly [Type in FollowUpFact['type']]: Extract<FollowUpFact, { readonly type: Type }> } = {
  'follow-up-opened': { type: 'follow-up-opened', at, exceptionId, subject: dana.id, category: 'lost' },
  'follow-up-joined': { type: 'follow-up-joined', at, exceptionId, category: 'lost' },
  'reminder-due': { type: 'reminder-due', at, number: 1, of: 3 },
  'evidence-seen': { type: 'evidence-seen', at, methods: [phone] },
  'phone-back-said': { type: 'phone-back-said', at, by: actorOf(dana) },
  'still-missing': { type: 'still-missing', at },
  'follow-up-closed': { type: 'follow-up-closed', at, because: 'evidence' },
}

describe('a follow-up', () => {
  it('is open from its first fact on', () => {
    expect(evolveFollowUp(undefined, facts['follow-up-opened'])).toEqual({ status: 'open', reminders: 0 })
  })

  it.each(['follow-up-joined', 'evidence-seen', 'phone-back-said', 'still-missing'] as const)(
    'stays open after %s, with its reminders',
    (type) => {
      expect(evolveFollowUp({ status: 'open', reminders: 2 }, facts[type])).toEqual({
        status: 'open',
        reminders: 2,
      })
    },
  )

  it('counts its reminders', () => {
    const once = evolveFollowUp(undefined, facts['reminder-due'])
    expect(evolveFollowUp(once, facts['reminder-due'])).toEqual({ status: 'open', reminders: 2 })
  })

  it('is closed by one fact only, and keeps the count', () => {
    expect(evolveFollowUp({ status: 'open', reminders: 3 }, facts['follow-up-closed'])).toEqual({
      status: 'closed',
      reminders: 3,
    })
  })

  it('folds in any order', () => {
    assert(
      property(array(constantFrom(...Object.values(facts)), { minLength: 1, maxLength: 20 }), (story) => {
        const reminders = story.filter((fact) => fact.type === 'reminder-due').length
        const status = story.at(-1)?.type === 'follow-up-closed' ? 'closed' : 'open'
        const view = story.reduce<ReturnType<typeof evolveFollowUp> | undefined>(evolveFollowUp, undefined)
        expect(view).toEqual({ status, reminders })
      }),
    )
  })
})
