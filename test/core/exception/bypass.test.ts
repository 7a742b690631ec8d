import { describe, expect, it } from 'vitest'
import { admission } from '../../../src/core/exception/admission.ts'
import { mayMint, type MintEvidence } from '../../../src/core/exception/may-mint.ts'
import type { Application } from '../../../src/core/policy/policy.ts'
import {
  admissible,
  approvedAfter,
  body,
  bypassable,
  bypassing,
  claimedAfter,
  dana,
  judgedAt,
  mintable,
  pinnedPolicy,
  says,
  hanna,
  vpn,
} from './given.ts'

const verdictOf = (evidence: ReturnType<typeof bypassable>): string => {
  const plan = admission(evidence)
  return plan.ok ? 'admitted' : plan.reason.code
}

function policyWith(application: Partial<Application>): ReturnType<typeof pinnedPolicy> {
  const pinned = pinnedPolicy([bypassing])
  return { ...pinned, policy: { ...pinned.policy, applications: { vpn: { ...vpn, ...application } } } }
}

describe('a bypass', () => {
  it('is admitted under the rule for its application, to the second', () => {
    const plan = admission(bypassable({ request: bypass({ duration: 61 }) }))
    expect(plan.ok && plan.value).toMatchObject({
      rule: bypassing.name,
      duration: 61,
      opens: { name: 'VPN', form: 'code' },
    })
  })

  it('is looked after often, and never signs anybody out of the directory', () => {
    const plan = admission(bypassable())
    expect(plan.ok && [plan.value.watch, plan.value.revokeSessions]).toEqual([
      { first: 1, longest: 5 },
      false,
    ])
    // Its follow-up looks at the directory, which others need too.
    expect(plan.ok && plan.value.look).toEqual({ first: 15, longest: 300 })
  })

  it.each([
    ['no application', bare(), 'unknown-application'],
    ['an application without a rule', bypass({ application: 'erp' }), 'no-rule'],
    ['more time than the rule allows', bypass({ duration: 601 }), 'too-long'],
    ['less time than anybody can use', bypass({ duration: 9 }), 'provider-range'],
    ['another provider than its kind has', bypass({ provider: 'entra' }), 'unverified'],
  ])('with %s is refused', (_, request, code) => {
    expect(verdictOf(bypassable({ request }))).toBe(code)
  })

  it('for an application that the rule allows and the policy does not describe is refused', () => {
    const pinned = pinnedPolicy([{ ...bypassing, when: { kind: 'bypass' } }])
    const request = bypass({ application: 'erp' })
    expect(verdictOf(bypassable({ pinned, request }))).toBe('unknown-application')
  })

  it.each([
    ['upn', { ...dana, upn: undefined }],
    ['localpart', { ...dana, upn: undefined }],
    ['mail', { ...dana, mail: undefined }],
  ] as const)(
    'for somebody without the %s that the application signs in with is refused',
    (userName, who) => {
      const { upn, mail, ...rest } = who
      expect([upn, mail]).toContain(undefined)
      expect(verdictOf(bypassable({ pinned: policyWith({ userName }), subject: rest }))).toBe('no-user-name')
    },
  )

  it.each(['x.example.evil', 'contractors.example', ''])(
    'by local part is for people of its domain alone, and not of %j',
    (domain) => {
      const stranger = { ...dana, upn: `dana@${domain}` }
      expect(verdictOf(bypassable({ subject: stranger }))).toBe('no-user-name')
    },
  )

  it('by local part takes the domain however it is written', () => {
    expect(verdictOf(bypassable({ subject: { ...dana, upn: 'Dana@X.Example' } }))).toBe('admitted')
  })

  it('by e-mail address is refused where somebody else has the address too', () => {
    expect(verdictOf(bypassable({ sharesMail: true }))).toBe('shared-user-name')
  })

  it('is what names an application: a pass that names one is refused, whatever rule would allow it', () => {
    const open = pinnedPolicy([{ ...bypassing, when: { application: 'vpn' } }])
    expect(verdictOf(admissible({ pinned: open, request: body({ application: 'vpn' }) }))).toBe(
      'unknown-application',
    )
  })

  it('is none of the passes: a rule for the one does not allow the other', () => {
    expect(verdictOf(bypassable({ pinned: admissible().pinned }))).toBe('no-rule')
    expect(verdictOf(admissible({ pinned: pinnedPolicy([bypassing]) }))).toBe('no-rule')
  })
})

describe('the mint of a bypass', () => {
  it('opens the application for the name that the subject has there', () => {
    expect(mayMint(bypassMint({}), judgedAt)).toMatchObject({
      ok: true,
      value: { lifetime: 300, target: { application: 'vpn', userName: 'dana', form: 'code' } },
    })
  })

  it('of a pass opens no application', () => {
    expect(mayMint(mintable(), judgedAt)).toMatchObject({ value: { lifetime: 3600, target: undefined } })
  })

  it('counts from the approval where the policy says so: what is left is rounded down, and nothing left is too late', () => {
    const fromApproval = bypassMint({ clock: 'approval' })
    const gone = Math.ceil((judgedAt - says('request', hanna, approvedAfter).at) / 1000)
    expect(mayMint(fromApproval, judgedAt)).toMatchObject({ value: { lifetime: 300 - gone } })
    const short = bypassMint({ clock: 'approval' }, gone)
    expect(mayMint(short, judgedAt)).toEqual({ ok: false, reason: { code: 'claim-late' } })
    expect(claimedAfter).toBeGreaterThan(approvedAfter)
  })

  it('that counts from the approval can be opened only while it would work', () => {
    const fromApproval = mayMint(bypassMint({ clock: 'approval' }), judgedAt)
    expect(fromApproval).toMatchObject({ value: { plan: { claimWithin: 300 } } })
    expect(mayMint(bypassMint({}), judgedAt)).toMatchObject({ value: { plan: { claimWithin: 1800 } } })
  })
})

function bypass(changes: Partial<ReturnType<typeof body>>): ReturnType<typeof body> {
  return body({ kind: 'bypass', provider: 'local', duration: 300, application: 'vpn', ...changes })
}

function bare(): ReturnType<typeof body> {
  const { application: _, ...rest } = bypass({})
  return rest
}

function bypassMint(application: Partial<Application>, duration = 300): MintEvidence {
  const request = bypass({ duration })
  return mintable({
    ...bypassable({ pinned: policyWith(application), request }),
    statement: says('request', hanna, 0, { body: request }),
  })
}
