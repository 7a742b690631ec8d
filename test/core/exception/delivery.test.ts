import { describe, expect, it } from 'vitest'
import { admission } from '../../../src/core/exception/admission.ts'
import { howShown, mayHaveSent } from '../../../src/core/exception/delivery.ts'
import { mayMint } from '../../../src/core/exception/may-mint.ts'
import type { Application } from '../../../src/core/policy/policy.ts'
import { approved, ended, halfApproved, ofBypass, waiting } from '../card/states.ts'
import {
  admissible,
  allowing,
  bypassable,
  bypassing,
  judgedAt,
  mintable,
  pinnedPolicy,
  vpn,
} from './given.ts'

const inMessages = { delivery: { how: 'message', visible: 60 } } as const

/** A policy under which codes come in messages. */
function sending(application: Partial<Application> = {}) {
  const { hash, policy } = pinnedPolicy([allowing, bypassing], inMessages)
  return { hash, policy: { ...policy, applications: { vpn: { ...vpn, ...application } } } }
}

/** The same state under a plan that has codes sent. */
const inMessage = <State extends { readonly plan: object }>(state: State) => ({
  ...state,
  plan: { ...state.plan, how: 'message' as const },
})

describe('how a code reaches its person', () => {
  it('is fixed in the plan as the policy says it, for a pass and for a bypass', () => {
    expect(admission(admissible({ pinned: sending() }))).toMatchObject({
      value: { how: 'message', visible: 60 },
    })
    expect(admission(bypassable({ pinned: sending() }))).toMatchObject({ value: { how: 'message' } })
  })

  it('is in the window where the policy says nothing else', () => {
    expect(admission(admissible())).toMatchObject({ value: { how: 'reveal' } })
  })

  it('is not in a message where there is no code', () => {
    expect(admission(bypassable({ pinned: sending({ form: 'let-in' }) }))).toMatchObject({
      value: { how: 'reveal', opens: { form: 'let-in' } },
    })
  })

  it('is never a message to somebody privileged, whatever the policy says', () => {
    const { delivery } = inMessages
    expect(howShown(delivery, { subjectPrivileged: true, form: undefined })).toBe('reveal')
    expect(howShown(delivery, { subjectPrivileged: true, form: 'code' })).toBe('reveal')
    expect(howShown(delivery, { subjectPrivileged: false, form: 'code' })).toBe('message')
    expect(admission(admissible({ pinned: sending(), subjectPrivileged: true }))).toMatchObject({ ok: false })
  })

  it('is judged again at the mint, by the policy of the request', () => {
    expect(mayMint(mintable({ pinned: sending() }), judgedAt)).toMatchObject({
      value: { plan: { how: 'message' } },
    })
    expect(mayMint(mintable(), judgedAt)).toMatchObject({ value: { plan: { how: 'reveal' } } })
  })
})

describe('a message may hold a code', () => {
  it('once enough people approved, and until it was looked for at the end', () => {
    expect(mayHaveSent(inMessage(approved()))).toBe(true)
    const { plan } = inMessage(approved())
    expect(mayHaveSent(ended('used', undefined, { plan }))).toBe(true)
  })

  it('not before, and not where codes are shown in windows', () => {
    expect(mayHaveSent(inMessage(waiting()))).toBe(false)
    expect(mayHaveSent(inMessage(halfApproved()))).toBe(false)
    expect(mayHaveSent({ status: 'new' })).toBe(false)
    expect(mayHaveSent(ended('refused'))).toBe(false)
    expect(mayHaveSent(approved())).toBe(false)
    expect(mayHaveSent(ofBypass(approved(), 'let-in'))).toBe(false)
  })
})
