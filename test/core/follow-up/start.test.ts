import { describe, expect, it } from 'vitest'
import type { Ended } from '../../../src/core/exception/state.ts'
import { followUpStart } from '../../../src/core/follow-up/start.ts'
import {
  actorOf,
  after,
  dana,
  exceptionId,
  facts,
  hanna,
  phone,
  plan,
  policyHash,
  requestHash,
  states,
} from '../exception/given.ts'

const ended = states.ended as Ended

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
      revokeSessions: true,
      channels: plan.channels,
      policyHash,
      rule: plan.rule,
    })
  })

  it.each([
    ['refused', after(facts.requested, facts.refused, facts.ended)],
    ['denied', after(facts.requested, facts.admitted, facts.denied, facts.ended)],
    ['approved and never claimed', after(facts.requested, facts.admitted, facts.approved, facts.ended)],
  ])('is nothing when no code was ever shown: %s', (_how, state) => {
    expect(followUpStart(state as Ended)).toBeUndefined()
  })
})
