import { describe, expect, it } from 'vitest'
import { admission } from '../../../src/core/exception/admission.ts'
import {
  afterBase,
  afterProlonging,
  afterStop,
  baseOf,
  extensionRefusal,
  hasReplaced,
  isExtensionOf,
  isReplaced,
  livesOnAs,
  ownOf,
  type Base,
} from '../../../src/core/exception/extension.ts'
import { afterEnd } from '../../../src/core/exception/after-end.ts'
import { mayMint, mayProlong } from '../../../src/core/exception/may-mint.ts'
import type { State, StateOf } from '../../../src/core/exception/state.ts'
import type { Credential, Intent } from '../../../src/core/ports.ts'
import { no, yes } from '../../../src/core/result.ts'
import {
  admissible,
  after,
  approvedAfter,
  asked,
  ava,
  body,
  bypassable,
  dana,
  exceptionId,
  facts,
  hanna,
  judgedAt,
  lease,
  marco,
  mintable,
  minute,
  requestHash,
  saidBy,
  says,
} from './given.ts'

const waiting = after(facts.requested, facts.admitted)
const approved = after(facts.requested, facts.admitted, facts.approved)
const active = after(facts.requested, facts.admitted, facts.approved, facts.shown)
const used = after(facts.requested, facts.admitted, facts.approved, facts.shown, facts.used, facts.ended)
const expired = after(facts.requested, facts.admitted, facts.approved, facts.shown, facts.expired, {
  ...facts.ended,
  outcome: 'expired',
})

const lives = (endsAt: number): Base => ({ is: 'alive', endsAt })
const alive: Base = { is: 'alive', endsAt: asked + 60 * minute }
const extending = { extends: 'the exception before' }
const longerPass = (base: Base | undefined = alive) => ({ request: body(extending), base })
const longerBypass = (base: Base = { is: 'alive', endsAt: asked + 4 * minute }) => ({
  ...bypassable(),
  request: { ...bypassable().request, ...extending },
  base,
})

const envelope = (more: object) => ({
  statement: says('request', hanna, 0, { body: { ...body({ extends: exceptionId }), ...more } }),
  keyId: 'key-1',
  signature: 'signed',
})

const credential = (state: Credential['state'], credentialId = 'own'): Credential => ({
  ...lease,
  credentialId,
  createdAt: lease.startsAt,
  state,
})

const approvedBypass = (more: object = {}) => {
  const longer = longerBypass()
  return {
    ...longer,
    statement: says('request', hanna, 0, { body: longer.request }),
    requestHash,
    approvals: [saidBy('approve', marco, approvedAfter)],
    ...more,
  }
}

const outcomes = (happened: readonly { readonly type: string }[]) => happened.map(({ type }) => type)

describe('more time can be asked for', () => {
  it.each([
    ['what waits for its approvers', waiting, 'extend-none'],
    ['what nobody has opened yet', approved, 'extend-none'],
    ['what was used', used, 'extend-used'],
    ['what is over', expired, 'extend-none'],
  ] as const)('not for %s', (_what, state, code) => {
    expect(extensionRefusal(state, [])).toEqual({ code })
  })

  it('once at a time, and five times altogether', () => {
    expect(extensionRefusal(active, [])).toBeUndefined()
    expect(extensionRefusal(active, [expired, waiting])).toEqual({ code: 'extend-pending' })
    expect(
      extensionRefusal(
        active,
        Array.from({ length: 4 }, () => expired),
      ),
    ).toBeUndefined()
    expect(
      extensionRefusal(
        active,
        Array.from({ length: 5 }, () => expired),
      ),
    ).toEqual({
      code: 'extend-enough',
    })
  })

  it('only for longer than it has', () => {
    expect(extensionRefusal(active, [], lease.expiresAt)).toEqual({ code: 'extend-shorter' })
    expect(extensionRefusal(active, [], lease.expiresAt + 1)).toBeUndefined()
    expect(extensionRefusal(used, [], lease.expiresAt)).toEqual({ code: 'extend-used' })
  })

  it('however often somebody asked who may not, within reason', () => {
    const refused = after(facts.requested, facts.refused, { ...facts.ended, outcome: 'refused' })
    const so = (many: number) => Array.from({ length: many }, () => refused)
    expect(extensionRefusal(active, so(19))).toBeUndefined()
    expect(extensionRefusal(active, so(20))).toEqual({ code: 'extend-enough' })
  })

  it('of the same person, for the same way in, and for nothing else', () => {
    const { request } = active as StateOf<'active'>
    expect(isExtensionOf(request, envelope({}))).toBe(true)
    for (const other of [
      { extends: 'another exception' },
      { subject: ava.id },
      { application: 'vpn' },
      { kind: 'bypass' },
      { provider: 'local' },
    ]) {
      expect(isExtensionOf(request, envelope(other))).toBe(false)
    }
  })
})

describe('what is to get more time', () => {
  const intent: Intent = {
    exceptionId,
    attempt: 1,
    subject: dana.id,
    claim: 'signature',
    before: ['foreign'],
    at: lease.startsAt - 1000,
    deadline: lease.startsAt + 1000,
  }
  const known = { own: [credential('usable')], isStopped: false, wasEndedByWord: false, attempts: [] }

  it('is alive until the provider says so', () => {
    expect(baseOf(known)).toEqual({ is: 'alive', endsAt: lease.expiresAt })
  })

  it('is used, whatever else is there', () => {
    expect(baseOf({ ...known, own: [credential('usable'), credential('used')] })).toEqual({ is: 'used' })
  })

  it('is nothing when it is stopped or not there, and replaced when the extension has tried to mint', () => {
    expect(baseOf({ ...known, isStopped: true })).toEqual({ is: 'none' })
    // What was replaced is stopped as well; that it was, says the attempt that did it.
    const ended = { ...known, own: [], isStopped: true, attempts: [intent] }
    expect(baseOf(ended)).toEqual({ is: 'replaced' })
    expect(baseOf({ ...ended, wasEndedByWord: true })).toEqual({ is: 'none' })
    expect(baseOf({ ...known, own: [credential('expired')] })).toEqual({ is: 'none' })
    expect(baseOf({ ...known, own: [], attempts: [intent] })).toEqual({ is: 'replaced' })
  })

  it('is what the records of attempts prove, and nothing that was there before', () => {
    const credentials = [credential('usable'), credential('usable', 'foreign')]
    expect(ownOf([intent], credentials)).toEqual([credentials[0]])
    expect(ownOf([], credentials)).toEqual([])
  })

  it('is not what took its place a moment later', () => {
    const [first, second] = [credential('usable', 'first'), credential('usable', 'second')]
    const later = { ...intent, before: ['foreign', 'first'] }
    expect(ownOf([intent], [first, second], [later])).toEqual([first])
  })
})

describe('admission of a request for more time', () => {
  it('needs everything that the first one needed, and something to extend', () => {
    expect(admission(admissible(longerPass()))).toMatchObject({
      ok: true,
      value: { extends: { how: 'replace', endsAt: asked + 60 * minute } },
    })
    expect(admission(longerBypass())).toMatchObject({ ok: true, value: { extends: { how: 'in-place' } } })
    expect(admission(admissible({ ...longerPass(), candidates: [] }))).toEqual(no({ code: 'no-approver' }))
    expect(admission(admissible({ ...longerPass(), foreignPass: true }))).toEqual(
      no({ code: 'foreign-pass' }),
    )
  })

  it('refuses in words where it was used, or nothing is out', () => {
    expect(admission(admissible(longerPass({ is: 'used' })))).toEqual(no({ code: 'extend-used' }))
    expect(admission(admissible(longerPass({ is: 'none' })))).toEqual(no({ code: 'extend-none' }))
  })

  it('refuses where nobody looked, and where somebody looked for what was not asked', () => {
    expect(admission(admissible({ request: body(extending) }))).toEqual(no({ code: 'unverified' }))
    expect(admission(admissible({ base: alive }))).toEqual(no({ code: 'unverified' }))
  })

  it('waits for no decision, and for no press, that would come after the end', () => {
    const plan = { ...facts.admitted.plan, extends: { how: 'replace', endsAt: asked + 3 * minute } } as const
    const late = after(facts.requested, { ...facts.admitted, plan })
    expect(late).toMatchObject({ status: 'waiting', until: asked + 3 * minute })
    const ready = after(facts.requested, { ...facts.admitted, plan }, facts.approved)
    expect(ready).toMatchObject({ status: 'approved', claimUntil: asked + 3 * minute })
  })
})

describe('a longer pass', () => {
  const request = body(extending)
  const evidence = (base: Base) =>
    mintable({ base, request, statement: says('request', hanna, 0, { body: request }) })

  it('is minted by the same rule, while there is something to replace or it has been replaced', () => {
    expect(mayMint(evidence(alive), judgedAt)).toMatchObject({ ok: true, value: { lifetime: 3600 } })
    expect(mayMint(evidence({ is: 'replaced' }), judgedAt)).toMatchObject({ ok: true })
    expect(mayMint(evidence({ is: 'used' }), judgedAt)).toEqual(no({ code: 'extend-used' }))
    expect(mayMint(evidence({ is: 'none' }), judgedAt)).toEqual(no({ code: 'extend-none' }))
  })

  it('replaces none that lives longer', () => {
    const shorter = judgedAt + 3_600_000
    expect(mayMint(evidence(lives(shorter + 1)), judgedAt)).toEqual(no({ code: 'extend-shorter' }))
    expect(mayMint(evidence(lives(shorter)), judgedAt)).toMatchObject({ ok: true })
  })

  it('is never lengthened in place', () => {
    expect(mayProlong(evidence(alive), judgedAt)).toEqual(no({ code: 'extend-none' }))
  })
})

describe('a longer bypass', () => {
  const approvedAt = asked + approvedAfter

  it('lives for the time that was approved, from the approval on', () => {
    expect(mayProlong(approvedBypass(), approvedAt + 1000)).toEqual(yes(approvedAt + 300_000))
  })

  it.each([
    ['nobody approved', { approvals: [] }, 'not-approved'],
    ['the requester did', { approvals: [saidBy('approve', hanna, approvedAfter)] }, 'not-approved'],
    ['the subject did', { approvals: [saidBy('approve', dana, approvedAfter)] }, 'not-approved'],
    ['another request was approved', { requestHash: 'another' }, 'unverified'],
    [
      'an approval is of another exception',
      { approvals: [saidBy('approve', marco, approvedAfter, { exceptionId: 'another' })] },
      'unverified',
    ],
    [
      'a denial is handed in',
      { approvals: [{ ...saidBy('deny', marco, approvedAfter) }] as never },
      'unverified',
    ],
    ['it was used', { base: { is: 'used' } }, 'extend-used'],
    ['it is over', { base: { is: 'none' } }, 'extend-none'],
    ['the account is disabled by now', { subject: { ...dana, enabled: false } }, 'subject-disabled'],
  ])('not when %s', (_why, more, code) => {
    expect(mayProlong(approvedBypass(more), approvedAt + 1000)).toEqual(no({ code }))
  })

  it('not when the time that was approved is over by itself', () => {
    expect(mayProlong(approvedBypass(), approvedAt + 300_000)).toEqual(no({ code: 'claim-late' }))
  })

  it('not when it lives longer already; what was done once can be done again', () => {
    const until = approvedAt + 300_000
    const longer = approvedBypass({ base: lives(until + 1) })
    expect(mayProlong(longer, approvedAt + 1000)).toEqual(no({ code: 'extend-shorter' }))
    const same = approvedBypass({ base: lives(until) })
    expect(mayProlong(same, approvedAt + 1000)).toEqual(yes(until))
  })

  it('has no code of its own', () => {
    const claimed = { ...approvedBypass(), claim: saidBy('claim', dana, 5 * minute), mints: 0 }
    expect(mayMint(claimed, judgedAt)).toEqual(no({ code: 'not-approved' }))
  })
})

describe('what follows', () => {
  const at = asked + 20 * minute

  it('for the extension when it was carried out, or could not be', () => {
    const done = afterProlonging('extension-1', { is: 'extended', lease }, at)
    expect(done).toEqual([
      { type: 'extended', at, by: 'extension-1', lease },
      { type: 'ended', at, outcome: 'extended' },
    ])
    const refused = afterProlonging('extension-1', { is: 'refused', refusal: { code: 'extend-used' } }, at)
    expect(outcomes(refused)).toEqual(['not-extended', 'ended'])
  })

  it('for an open extension when there is nothing to extend any more', () => {
    expect(afterBase(active, waiting, at)).toEqual([])
    expect(afterBase(expired, waiting, at)[0]).toMatchObject({ refusal: { code: 'extend-none' } })
    expect(afterBase(used, approved, at)[0]).toMatchObject({ refusal: { code: 'extend-used' } })
    expect(afterBase(used, expired, at)).toEqual([])
  })

  it('but not for one that has taken its place', () => {
    const failed = after(facts.requested, facts.admitted, facts.approved, facts['mint-failed'])
    expect([approved, failed, active].map((state) => hasReplaced(state))).toEqual([false, true, true])
    expect(afterBase(used, failed, at)).toEqual([])
  })

  it('for what was to be extended when its owner did not ask for more', () => {
    const stopped = after(facts.requested, facts.admitted, facts.stopped)
    expect(afterStop(stopped, at)).toEqual([
      { type: 'stopped', at, by: { person: dana.id, team: 'T1', user: 'U-dana' } },
    ])
    const revoked = after(facts.requested, facts.admitted, facts['revoke-asked'])
    expect(afterStop(revoked, at)).toEqual([])
  })

  it('for what was replaced: it ends as that, or as used when somebody was faster', () => {
    const replaced = after(facts.requested, facts.admitted, facts.approved, facts.shown, facts.replaced)
    const end = { wasUsed: false, sessionsRevoked: false, methodsAdded: [] }
    const ending = replaced as StateOf<'ending'>
    expect(afterEnd(ending, end, at).at(-1)).toMatchObject({ outcome: 'replaced' })
    expect(afterEnd(ending, { ...end, wasUsed: true }, at).at(-1)).toMatchObject({ outcome: 'used' })
    const over: State = after(
      facts.requested,
      facts.admitted,
      facts.approved,
      facts.shown,
      facts.replaced,
      ...afterEnd(ending, end, at),
    )
    expect(over).toMatchObject({ status: 'ended', outcome: 'replaced', replacedBy: 'extension-1' })
    expect([active, replaced, over].map((state) => isReplaced(state))).toEqual([false, true, true])
    expect([active, replaced, over].map(livesOnAs)).toEqual([undefined, 'extension-1', 'extension-1'])
  })
})
