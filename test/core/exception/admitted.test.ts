import { describe, expect, it } from 'vitest'
import { afterAdmission, unjudged, type Judged } from '../../../src/core/exception/admitted.ts'
import type { Refusal } from '../../../src/core/refusal.ts'
import { no, yes } from '../../../src/core/result.ts'
import { nameless } from '../../../src/core/text/en/people.ts'
import { after, asked, facts, hanna, plan, says, second } from './given.ts'

const at = asked + second
const judged: Judged = { is: 'judged', requested: facts.requested, plan: yes(plan), askedNames: 'Marco' }
const refusal: Refusal = { code: 'not-now', service: 'graph' }

describe('a request', () => {
  it('that is admitted waits, and tells who is asked', () => {
    expect(afterAdmission(judged, at)).toEqual([facts.requested, facts.admitted])
  })

  it('that is refused is over, with the reason', () => {
    expect(afterAdmission({ ...judged, plan: no({ code: 'no-approver' }) }, at)).toEqual([
      facts.requested,
      facts.refused,
      { type: 'ended', at, outcome: 'refused' },
    ])
  })

  it('that nobody could judge is refused, and names nobody whom nobody looked up', () => {
    const request = { statement: says('request', hanna, 0), keyId: 'key-1', signature: 'signed' }
    const state = after(...afterAdmission(unjudged(request, refusal), at))
    expect(state).toMatchObject({ status: 'ended', outcome: 'refused', refusal })
    expect(state).toMatchObject({
      request: {
        subjectName: nameless.unknown,
        requesterName: nameless.unknown,
        reason: request.statement.body.reason,
      },
    })
  })
})
