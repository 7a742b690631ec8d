import { describe, expect, it } from 'vitest'
import type { Ended } from '../../../src/core/exception/state.ts'
import { followUpStart, joined, type FollowUpStart } from '../../../src/core/follow-up/start.ts'
import {
  actorOf,
  after,
  dana,
  exceptionId,
  facts,
  hanna,
  mintLost,
  phone,
  plan,
  policyHash,
  requestHash,
  states,
} from '../exception/given.ts'

const ended = states.ended as Ended

const upToApproved = [facts.requested, facts.admitted, facts.approved] as const
const revoked = { ...facts.ended, outcome: 'revoked' } as const

describe('what an exception hands to the follow-up', () => {
  it('is everything that reminding needs, and no reason and no ticket', () => {
    expect(followUpStart(ended)).toEqual({
      exceptionId,
      requestHash,
      kind: 'tap',
      subject: dana.id,
      subjectSlack: { team: 'T1', user: 'U-dana' },
      subjectName: 'Dana',
      requester: actorOf(hanna),
      category: 'lost',
      endedAt: facts.ended.at,
      shownAt: facts.shown.at,
      methodsBefore: [phone],
      remind: plan.remind,
      look: { first: 300, longest: 3600 },
      policyHash,
      rule: plan.rule,
    })
  })

  it('looks at the directory at its own pace, however often the pass itself was looked at', () => {
    const hurried = { ...plan, watch: { first: 1, longest: 5 }, look: plan.watch }
    expect(followUpStart({ ...ended, plan: hurried })?.look).toEqual({ first: 300, longest: 3600 })
  })

  it.each([
    ['a lost code that somebody used', after(...upToApproved, mintLost, facts.revoked, revoked)],
    [
      'a code that was shown and expired',
      after(...upToApproved, facts.shown, { ...facts.ended, outcome: 'expired' }),
    ],
    ['a request that was refused', after(facts.requested, { ...facts.ended, outcome: 'refused' })],
  ])('is nothing where there is nothing to look for: %s', (_what, state) => {
    expect(followUpStart(state as Ended)).toBeUndefined()
  })
})

describe('a later exception of the same person', () => {
  it('replaces everything but what gave the follow-up its name, and is what people know it by', () => {
    const opened = followUpStart(ended) as FollowUpStart
    const next: FollowUpStart = {
      ...opened,
      exceptionId: 'later',
      requestHash: 'later',
      category: 'replaced',
      shownAt: 1,
    }
    expect(joined(opened, next)).toEqual({ ...next, exceptionId, requestHash, newest: 'later' })
  })

  it('does not let a phone at home end what is missing since before', () => {
    const lost = { ...(followUpStart(ended) as FollowUpStart), category: 'lost' } as const
    const atHome = { ...lost, category: 'not-at-hand' } as const
    expect(joined(lost, atHome).category).toBe('lost')
    expect(joined(atHome, lost).category).toBe('lost')
    expect(joined(atHome, atHome).category).toBe('not-at-hand')
  })
})
