import { describe, expect, it } from 'vitest'
import type { Category } from '../../../src/core/envelope/statement.ts'
import type { Ended } from '../../../src/core/exception/state.ts'
import { answerFollowUp } from '../../../src/core/follow-up/answer.ts'
import { evolveFollowUp, type FollowUp } from '../../../src/core/follow-up/evolve.ts'
import { followUpStart, openingOf, type FollowUpStart } from '../../../src/core/follow-up/start.ts'
import {
  actorOf,
  asked,
  asRequester,
  asSubject,
  dana,
  hanna,
  kinds,
  says,
  secondAccountOf,
  states,
} from '../exception/given.ts'

const opened = followUpStart(states.ended as Ended) as FollowUpStart
const open = evolveFollowUp(undefined, openingOf(opened, asked))
const about = (
  category: Category,
  state: FollowUp = open,
): { readonly start: FollowUpStart; readonly state: FollowUp } => ({ start: { ...opened, category }, state })

describe('a word in a follow-up', () => {
  it('the phone that was not at hand is back: closed', () => {
    const verdict = answerFollowUp(about('not-at-hand'), says('phone-back', dana, 0), asSubject, asked)
    expect(verdict).toEqual({
      ok: true,
      value: [
        { type: 'phone-back-said', at: asked, by: actorOf(dana) },
        { type: 'follow-up-closed', at: asked, because: 'phone-back' },
      ],
    })
  })

  it('comes too late when it is closed', () => {
    const closed = evolveFollowUp(open, { type: 'follow-up-closed', at: asked, because: 'evidence' })
    const verdict = answerFollowUp(
      about('not-at-hand', closed),
      says('phone-back', dana, 0),
      asSubject,
      asked,
    )
    expect(verdict).toEqual({ ok: false, reason: { code: 'over' } })
  })

  it.each(['lost', 'replaced', 'new-starter', 'other'] as const)(
    'no word brings a phone back that was %s',
    (category) => {
      const verdict = answerFollowUp(about(category), says('phone-back', dana, 0), asSubject, asked)
      expect(verdict).toEqual({ ok: false, reason: { code: 'not-allowed' } })
    },
  )

  it.each([
    ['the requester', hanna, asRequester, 'not-the-subject'],
    ['the subject’s other account', secondAccountOf(dana), asSubject, 'not-the-subject'],
    ['a disabled subject', dana, { ...asSubject, active: false }, 'not-allowed'],
  ] as const)('nobody else’s: not %s', (_who, one, standing, code) => {
    const verdict = answerFollowUp(about('not-at-hand'), says('phone-back', one, 0), standing, asked)
    expect(verdict).toEqual({ ok: false, reason: { code } })
  })

  it.each(kinds.filter((kind) => kind !== 'phone-back'))('%s is for the exception', (kind) => {
    const verdict = answerFollowUp(about('not-at-hand'), says(kind, dana, 0), asSubject, asked)
    expect(verdict).toEqual({ ok: false, reason: { code: 'not-allowed' } })
  })
})
