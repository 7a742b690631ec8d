import { describe, expect, it } from 'vitest'
import { followUpMessages, lastApprovalCards } from '../../../src/core/card/follow-up-messages.ts'
import type { ChainedFact } from '../../../src/core/ledger/chained-fact.ts'
import { followUpStart, joined, type FollowUpStart } from '../../../src/core/follow-up/start.ts'
import { displayId } from '../../../src/core/ids.ts'
import { buttonsOf, readIn } from './block-rules.ts'
import { active, asked as at, ended, exceptionId, links, method, ofBypass } from './states.ts'

const later = '7d0b2c4e-9a52-4d19-8a70-0123456789ab'
const passkey = method('Passkey')
const { plan, request } = active()

function startOf(state = ended('used', undefined, { plan, request, shownAt: at })): FollowUpStart {
  const start = followUpStart(state)
  if (start === undefined) throw new Error('There is nothing to follow up.')
  return start
}

/** A pass, and after it a bypass. */
const both = joined(startOf(), {
  ...startOf(ofBypass(ended('used', undefined, { plan, request, shownAt: at }), 'code')),
  exceptionId: later,
})

type Told = ChainedFact['fact']

const asking: readonly Told[] = [
  { at, type: 'phone-asked', until: at },
  { at, type: 'reminder-due', number: 1, of: 2 },
]
const others: readonly Told[] = [
  { at, type: 'still-missing' },
  { at, type: 'evidence-seen', methods: [passkey] },
  { at, type: 'follow-up-closed', because: 'evidence' },
]

describe('a follow-up that began anew', () => {
  it.each([...asking, ...others])('is known by the exception that ended last: %o', (fact) => {
    const known = displayId('bypass', later)
    for (const { card } of followUpMessages(both, fact, 4, links)) {
      expect(readIn(card.blocks)).toContain(known)
      expect(readIn(card.blocks)).not.toMatch(/TAP-/)
    }
  })

  it('is stopped by what stops the exception that ended last, and answered under its own name', () => {
    const [question] = posted(both, { at, type: 'phone-asked', until: at })
    const values = (question?.card.blocks ?? []).flatMap((block) =>
      block.type === 'actions'
        ? block.elements.map((one) => [one.action_id, 'value' in one && one.value])
        : [],
    )
    expect(values).toEqual([
      ['phone-back', exceptionId],
      ['not-me', later],
    ])
  })

  it.each(asking)('asks nothing any more where something was asked before: %o', (fact) => {
    const earlier = followUpMessages(both, fact, 4, links).filter(({ superseded }) => superseded)
    expect(earlier.map(({ key }) => key)).toEqual(
      [1, 2, 3].flatMap((one) => [`follow-up/${one}/subject`, `follow-up/${one}/requester`]),
    )
    expect(earlier.flatMap(({ card }) => buttonsOf(card.blocks))).toEqual([])
    expect(earlier[0]?.card.text).toContain('newer message below')
    expect(earlier[1]?.card.text).toContain('begins anew')
  })

  it('leaves the first reminder where it is when the second one comes', () => {
    const second: Told = { at, type: 'reminder-due', number: 2, of: 2 }
    expect(followUpMessages(both, second, 4, links)).toHaveLength(1)
  })
})

describe('the cards of those who were asked to approve, once the follow-up is over', () => {
  const channels = { approvals: 'C1', security: 'C2' }
  const approvers = [{ person: 'entra:marco', via: 'manager' } as const]
  const used = ended('used', undefined, { plan: { ...plan, asked: approvers, channels } })

  it.each([
    [{ at, type: 'evidence-seen', methods: [passkey] } as const, 'Dana Cruz has a new sign-in method.'],
    [{ at, type: 'phone-back-said', by: request.requester } as const, 'Dana Cruz has the phone back.'],
  ])('say that it is over, and do not promise that it goes on: %o', (done, says) => {
    const cards = lastApprovalCards(used, done)
    expect(cards.map(({ key }) => key)).toEqual(['approvals', 'approver/entra:marco'])
    for (const { card } of cards) {
      expect(readIn(card.blocks)).toContain(says)
      expect(readIn(card.blocks)).not.toContain('goes on')
    }
  })

  it('leave what was not used as it is', () => {
    const done = { at, type: 'evidence-seen', methods: [passkey] } as const
    expect(lastApprovalCards(ended('revoked', undefined, { plan: used.plan ?? plan }), done)).toEqual([])
  })
})

function posted(start: FollowUpStart, fact: Told) {
  return followUpMessages(start, fact, 4, links).filter(({ superseded }) => superseded !== true)
}
