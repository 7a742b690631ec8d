import { describe, expect, it } from 'vitest'
import { hearingOf } from '../../../src/core/exception/hearing.ts'
import type { Ended, StateOf } from '../../../src/core/exception/state.ts'
import { followUpStart, type FollowUpStart } from '../../../src/core/follow-up/start.ts'
import { dana, exceptionId, hanna, marco, plan, policyHash, requestHash, states } from './given.ts'

const people = {
  exceptionId,
  requestHash,
  subject: dana.id,
  requester: hanna.id,
  policyHash,
  rule: plan.rule,
}

describe('what a speaker is judged by', () => {
  it('is the exception, its rule, and who approved already', () => {
    const { request, approvals } = states.approved as StateOf<'approved'>
    expect(hearingOf(request, plan.rule, approvals)).toEqual({ ...people, approvedBy: [marco.id] })
  })

  it('is the same in the follow-up, where nobody approves', () => {
    const start = followUpStart(states.ended as Ended) as FollowUpStart
    expect(hearingOf(start, start.rule)).toEqual({ ...people, approvedBy: [] })
  })
})
