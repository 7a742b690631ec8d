import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/core/people/person.ts'
import type { RefusalCode } from '../../src/core/refusal.ts'
import { policyWithPortal } from '../setup/policy.ts'
import { approving, openOrders, subjectOf, type Order, type Orders } from './hostile-orders.ts'
import { answersOf, letIntruderIn, resetToBefore, signedByAnother, type Intruder } from './hostile.ts'
import { bypassFor, olga, openScene, until, type Scene } from './scene.ts'

let scene: Scene
let intruder: Intruder
let they: Orders

const olgas = bypassFor(olga)

beforeAll(async () => {
  scene = await openScene({ policyFile: policyWithPortal() })
  const [opened] = await Promise.all([letIntruderIn(scene), scene.serve()])
  intruder = opened
  they = await openOrders(scene)
})
afterAll(async () => {
  await intruder.close()
  await scene.close()
})

const danaHerself = (): Actor => subjectOf(they.bypass.request)
const refused = (code: RefusalCode) => ({
  is: 'refused',
  refusal: expect.objectContaining({ code }) as unknown,
})

/** Ways to have something minted that nobody approved. What is `unverified`, only somebody else than the bot can have put together. */
const tries: readonly (readonly [string, () => Partial<Order>, RefusalCode])[] = [
  ['without an approval', () => ({ approvals: [] }), 'not-approved'],
  [
    'with an approval that somebody else signed',
    () => ({ approvals: [signedByAnother(they.bypass.approval.statement)] }),
    'unverified',
  ],
  ['with the approval of her pass', () => ({ approvals: [they.pass.approval] }), 'unverified'],
  [
    'with the approval of another person’s bypass',
    () => ({ approvals: [they.olgas.approval] }),
    'unverified',
  ],
  [
    'with a denial',
    () => ({ approvals: [they.said(they.marco, { kind: 'deny', body: { reason: 'I do not know her' } })] }),
    'unverified',
  ],
  [
    'with a revocation as approval',
    () => ({ approvals: [they.said(they.marco, { kind: 'revoke', body: { reason: 'no' } })] }),
    'unverified',
  ],
  ['with her own approval', () => ({ approvals: [they.said(danaHerself(), approving)] }), 'not-approved'],
  [
    'with the requester’s approval',
    () => ({ approvals: [they.said(they.bypass.request.statement.actor, approving)] }),
    'not-approved',
  ],
  [
    'with an outsider’s approval',
    () => ({ approvals: [they.said(subjectOf(they.olgas.request), approving)] }),
    'not-approved',
  ],
  [
    'with an approval from before the request',
    () => ({ approvals: [they.said(they.marco, approving, they.bypass.request, -600)] }),
    'not-approved',
  ],
  [
    'with an approval from after the time for it',
    () => ({ approvals: [they.said(they.marco, approving, they.bypass.request, 700)] }),
    'not-approved',
  ],
  [
    'with a press that somebody else signed',
    () => ({ claim: signedByAnother(they.press().statement) }),
    'unverified',
  ],
  ['with a press of another person', () => ({ claim: they.press(they.marco) }), 'not-the-subject'],
  ['with a press on her pass', () => ({ claim: they.press(danaHerself(), they.pass.request) }), 'unverified'],
  ['with a press that is too old', () => they.pressedBefore(31), 'claim-stale'],
  ['with an approval as press', () => ({ claim: they.said(danaHerself(), approving) }), 'unverified'],
  [
    'for another person',
    () => ({ request: they.edited({ subject: they.olgas.request.statement.body.subject }) }),
    'unverified',
  ],
  [
    'for another application, without a code',
    () => ({ request: they.edited({ application: 'intranet' }) }),
    'unverified',
  ],
  ['for longer', () => ({ request: they.edited({ duration: 600 }) }), 'unverified'],
  ['under another policy', () => ({ request: they.edited({ policyHash: 'another' }) }), 'unverified'],
  ['as a pass', () => ({ request: they.edited({ kind: 'tap', provider: 'entra' }) }), 'unverified'],
  ['at another provider', () => ({ request: they.edited({ provider: 'entra' }) }), 'unverified'],
  ['on the request for her pass', () => ({ request: they.pass.request }), 'unverified'],
  ['on the request for another person', () => ({ request: they.olgas.request }), 'unverified'],
  // Even the bot’s own key does not help: the hash, the rules and the policy are looked at again.
  [
    'with a signed request that has the hash of another',
    () => ({ request: they.signed({ duration: 600 }) }),
    'unverified',
  ],
  ['a signed bypass at another provider', () => they.asIfAsked({ provider: 'entra' }), 'unverified'],
  [
    'a signed bypass that is longer than the rule allows',
    () => they.asIfAsked({ duration: 601 }),
    'too-long',
  ],
  [
    'a signed bypass of an application that is none',
    () => they.asIfAsked({ application: 'erp' }),
    'unknown-application',
  ],
  [
    'a signed bypass of no application',
    () => they.asIfAsked({ application: undefined }),
    'unknown-application',
  ],
  [
    'a signed bypass under a policy that was never in force',
    () => they.asIfAsked({ policyHash: 'another' }),
    'unknown-policy',
  ],
  [
    'a signed bypass for whoever asks',
    () => they.asIfAsked({ subject: they.bypass.request.statement.actor.person }),
    'not-three-people',
  ],
]

const alarms = async (): Promise<readonly unknown[]> => (await scene.facts('alarm')).map(({ what }) => what)

/** What a try leaves behind. */
const traces = async () => ({
  minted: await scene.minted(),
  attempts: await scene.rows('select exception_id, attempt from intent order by 1, 2'),
  alarms: await alarms(),
})

describe('the minting activity makes no bypass', () => {
  it.each(tries)('%s', async (_how, changes, code) => {
    const before = await traces()
    expect(await intruder.mint({ ...they.genuine(), ...changes() })).toEqual(refused(code))
    const alarming = code === 'unverified' ? ['forged-grant'] : []
    expect(await traces()).toEqual({ ...before, alarms: [...before.alarms, ...alarming] })
  })

  it('and security hears of it', async () => {
    const says = 'No code was made. Find out who can reach Hallpass’s Temporal'
    await expect.poll(() => scene.security(), { timeout: 60_000 }).toContain(says)
  })
})

describe('the minting activity makes a bypass once', () => {
  it('one that nobody can see is ended; the same attempt, and the same press, are not taken again', async () => {
    const order = they.genuine()
    expect(await intruder.mint(order)).toEqual({ is: 'failed', refusal: { code: 'not-delivered' } })
    const [made] = await scene.rows(
      'select c.form, e.credential_id from local_credential c join local_end e on e.credential_id = c.id',
    )
    expect(made).toMatchObject({ form: 'code' })
    const before = (await alarms()).length
    expect(await intruder.mint({ ...they.genuine(), attempt: 1 })).toEqual(refused('attempt-seen'))
    expect(await intruder.mint({ ...order, attempt: 2 })).toEqual(refused('attempt-seen'))
    expect((await alarms()).slice(before)).toEqual(['attempt-replayed', 'attempt-replayed'])
    expect(await scene.minted()).toBe(1)
  })

  it('nobody makes a second one while the first is alive, and a workflow that is reset neither', async () => {
    const { desk } = scene
    expect(await desk.openCode(olga.slack)).not.toBe('')
    await scene.reaches(olgas, 'active')
    const made = await scene.minted()
    const { request, approval } = they.olgas
    const order = {
      request,
      approvals: [approval],
      claim: they.press(subjectOf(request), request),
      attempt: 2,
    }
    expect(await intruder.mint(order)).toEqual(refused('foreign-pass'))

    const run = await resetToBefore(scene, olgas, 'claim')
    await until('the claim was refused', async () =>
      (await answersOf(scene, olgas, run)).includes('foreign-pass'),
    )
    expect(await scene.minted()).toBe(made)
    await desk.press(olga.slack, 'Not me')
    await until('it is ended', async () => (await scene.rows('select from local_end')).length === 2)
  })

  it('nobody makes one after it was stopped', async () => {
    const { request, approval } = they.olgas
    const stopped = `select from stopped where exception_id = '${request.statement.exceptionId}'`
    await until('it is stopped', async () => (await scene.rows(stopped)).length === 1)
    const made = await scene.minted()
    const order = {
      request,
      approvals: [approval],
      claim: they.press(subjectOf(request), request),
      attempt: 3,
    }
    expect(await intruder.mint(order)).toEqual(refused('over'))
    expect(await scene.minted()).toBe(made)
  })
})
