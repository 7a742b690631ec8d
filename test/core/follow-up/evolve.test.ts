import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evolveFollowUp, type FollowUp } from '../../../src/core/follow-up/evolve.ts'
import type { FollowUpFact } from '../../../src/core/follow-up/fact.ts'
import { actorOf, asked, dana, exceptionId, phone } from '../exception/given.ts'

const at = asked
const facts: { readonly [Type in FollowUpFact['type']]: Extract<FollowUpFact, { readonly type: Type }> } = {
  'follow-up-opened': { type: 'follow-up-opened', at, exceptionId, subject: dana.id, category: 'lost' },
  'follow-up-joined': { type: 'follow-up-joined', at, exceptionId: 'second', category: 'lost' },
  'reminder-due': { type: 'reminder-due', at, number: 1, of: 3 },
  'phone-asked': { type: 'phone-asked', at, until: at + 1 },
  'evidence-seen': { type: 'evidence-seen', at, methods: [phone] },
  'phone-back-said': { type: 'phone-back-said', at, by: actorOf(dana) },
  'still-missing': { type: 'still-missing', at },
  'follow-up-closed': { type: 'follow-up-closed', at, because: 'evidence' },
}

const after = (...types: readonly FollowUpFact['type'][]): FollowUp | undefined =>
  types.reduce<FollowUp | undefined>((followUp, type) => evolveFollowUp(followUp, facts[type]), undefined)

const opened: FollowUp = { status: 'open', exceptions: [exceptionId], reminders: 0, helpAsked: false }

describe('a follow-up', () => {
  it('is open from its first fact on', () => {
    expect(after('follow-up-opened')).toEqual(opened)
  })

  it('counts how often it reminded or asked', () => {
    expect(after('follow-up-opened', 'reminder-due', 'reminder-due')).toEqual({ ...opened, reminders: 2 })
    expect(after('follow-up-opened', 'phone-asked')).toEqual({ ...opened, reminders: 1 })
  })

  it('asks for help once, and stays open', () => {
    expect(after('follow-up-opened', 'reminder-due', 'still-missing')).toEqual({
      ...opened,
      reminders: 1,
      helpAsked: true,
    })
  })

  it('begins anew for an exception that joins, and is for both', () => {
    const anew = { ...opened, exceptions: [exceptionId, 'second'] }
    expect(after('follow-up-opened', 'reminder-due', 'still-missing', 'follow-up-joined')).toEqual(anew)
  })

  it.each(['evidence-seen', 'phone-back-said'] as const)('is still open after %s', (type) => {
    expect(after('follow-up-opened', type)).toEqual(opened)
  })

  it('is closed by one fact only, keeps the count, and stays as it is', () => {
    const closed = { ...opened, status: 'closed', because: 'evidence', reminders: 1 }
    expect(after('follow-up-opened', 'reminder-due', 'follow-up-closed')).toEqual(closed)
    for (const fact of Object.values(facts))
      expect(evolveFollowUp(after('follow-up-opened', 'reminder-due', 'follow-up-closed'), fact)).toEqual(
        closed,
      )
  })

  it('folds in any order', () => {
    assert(
      property(array(constantFrom(...Object.values(facts)), { minLength: 1, maxLength: 20 }), (story) => {
        const end = story.findIndex(({ type }) => type === 'follow-up-closed')
        const lived = end < 0 ? story : story.slice(0, end)
        const since = lived.findLastIndex(({ type }) => /opened|joined/u.test(type))
        const reminders = lived.slice(since + 1).filter(({ type }) => /due|asked/u.test(type)).length
        const folded = story.reduce<FollowUp | undefined>(evolveFollowUp, undefined)
        expect(folded).toMatchObject({ status: end < 0 ? 'open' : 'closed', reminders })
      }),
    )
  })
})
