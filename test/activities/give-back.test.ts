import { describe, expect, it } from 'vitest'
import { giveBack, type GiveBack } from '../../src/activities/fraud/give-back.ts'
import type { Person } from '../../src/core/people/person.ts'
import { no } from '../../src/core/result.ts'
import { actorOf, ava, dana, hanna, marco, secondAccountOf } from '../core/exception/given.ts'
import { carl, caseId, plan, reported, reportedAgain, sam, stateAfter, sue } from '../core/fraud/given.ts'
import { another, caseWorld, closing, forged, reportBy, saying } from './case-world.ts'

const again = reportBy(ava, {}, { caseId: another })
const state = stateAfter(
  reported({ by: actorOf(hanna), as: 'helpdesk' }),
  reportedAgain({ by: actorOf(ava), as: 'somebody', plan: plan({ reporter: 'somebody' }) }),
)
const close = saying('close', closing, sam)
const order: GiveBack = {
  report: reportBy(hanna),
  again: [again],
  close,
  unblock: saying('unblock', { close: close.signature }, sue),
}
const agreedBy = (by: Person): GiveBack => ({
  ...order,
  unblock: saying('unblock', { close: close.signature }, by),
})

/** What came of it, and what was done. */
async function after(one: GiveBack, setting: Parameters<typeof caseWorld>[0] = {}) {
  const world = caseWorld({ state, ...setting })
  const result = await giveBack(world.ports, one)
  return { result, did: world.did, alarms: world.alarms.length }
}

describe('an account that is given back', () => {
  it('is denied nowhere any more, and can sign in', async () => {
    const allowed = [caseId, another].map((id) => `allow ${dana.id} ${id}`)
    expect(await after(order)).toEqual({
      result: { ok: true, value: { is: 'done' } },
      did: [...allowed, 'unblock', 'dismissRisk'],
      alarms: 0,
    })
  })

  it('stays at risk in the provider’s eyes where fraud was confirmed', async () => {
    const confirmed = saying('close', { ...closing, outcome: 'confirmed' }, sam)
    const { did } = await after({ ...order, close: confirmed })
    expect(did).toContain('unblock')
    expect(did).not.toContain('dismissRisk')
  })

  it('has to be given back by a person where Hallpass may not', async () => {
    const { result, did } = await after(order, { problem: 'forbidden' })
    expect(result).toEqual({ ok: true, value: { is: 'impossible', because: 'forbidden' } })
    expect(did).not.toContain('dismissRisk')
  })

  it('is given back later where somebody does not answer', async () => {
    const { ports, down } = caseWorld({ state })
    down.add('unblock')
    await expect(giveBack(ports, order)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('is not given back as long as nobody knows the case', async () => {
    const { ports, did } = caseWorld()
    expect(await giveBack(ports, order)).toEqual(no({ code: 'not-now', service: 'postgres' }))
    expect(did).toEqual([])
  })
})

describe('nothing is given back, and security is told, where', () => {
  it.each<readonly [string, Partial<Record<keyof GiveBack, unknown>>]>([
    ['the report is forged', { report: forged(order.report) }],
    ['the report is none', { report: saying('take', {}, sam) }],
    ['a later report is forged', { again: [forged(again)] }],
    ['a later report is about somebody else', { again: [reportBy(ava, { subject: marco.id })] }],
    ['the wish is forged', { close: forged(order.close) }],
    ['the wish is another word', { close: saying('take', {}, sam, { signature: close.signature }) }],
    [
      'the wish is about another case',
      { close: saying('close', closing, sam, { caseId: another, signature: close.signature }) },
    ],
    ['the agreement is forged', { unblock: forged(order.unblock) }],
    ['the agreement is another word', { unblock: saying('take', {}, sue) }],
    [
      'the agreement is about another case',
      { unblock: saying('unblock', { close: close.signature }, sue, { caseId: another }) },
    ],
    ['the agreement is to another wish', { unblock: saying('unblock', { close: 'another' }, sue) }],
  ])('%s', async (_, changed) => {
    expect(await after({ ...order, ...changed } as GiveBack)).toEqual({
      result: no({ code: 'unverified' }),
      did: [],
      alarms: 1,
    })
  })
})

it('what a closed case gave back is not given back once more: another case took it', async () => {
  const closed = { ...state, status: 'closed', outcome: 'confirmed', closedAt: 1 } as const
  const { result, did } = await after(order, { state: closed })
  expect({ result, did }).toEqual({ result: no({ code: 'over' }), did: [] })
})

describe('nothing is given back by', () => {
  const took = [{ exceptionId: 'x', displayId: 'TAP-1111-2222', requester: carl.id, approvers: [marco.id] }]
  const all = [sam, sue, carl, dana, hanna, ava, marco]

  it.each<readonly [string, Person, string]>([
    ['the same person twice', sam, 'second-person'],
    ['another account of the same person', secondAccountOf(sam), 'second-person'],
    ['the person whom it is about', dana, 'own-case'],
    ['another account of that person', secondAccountOf(dana), 'own-case'],
    ['whoever reported first', hanna, 'own-report'],
    ['whoever reported later', ava, 'own-report'],
    ['another account of whoever reported', secondAccountOf(hanna), 'own-report'],
    ['whoever asked for an exception in it', carl, 'took-part'],
    ['whoever approved one', marco, 'took-part'],
    ['another account of whoever approved one', secondAccountOf(marco), 'took-part'],
  ])('%s', async (_, by, code) => {
    const aliases = all.map((one) => secondAccountOf(one))
    const setting = { security: [...all, ...aliases], people: aliases, around: took }
    expect(await after(agreedBy(by), setting)).toEqual({ result: no({ code }), did: [], alarms: 0 })
  })

  it('a wish of the person whom it is about', async () => {
    const wish = saying('close', closing, dana)
    const unblock = saying('unblock', { close: wish.signature }, sue)
    const { result, did } = await after({ ...order, close: wish, unblock }, { security: [dana, sam, sue] })
    expect({ result, did }).toEqual({ result: no({ code: 'own-case' }), did: [] })
  })

  it.each([
    ['who asked for it', { security: [sue, carl] }],
    ['who agreed', { security: [sam, carl] }],
    ['who agreed, disabled since', { people: [{ ...sue, enabled: false }] }],
    ['who asked for it, a guest since', { people: [{ ...sam, guest: true }] }],
  ])('somebody who is not of security any more: %s', async (_, setting) => {
    expect(await after(order, setting)).toEqual({
      result: no({ code: 'security-only' }),
      did: [],
      alarms: 0,
    })
  })

  it.each(['passwordReset', 'methodsReviewed'])('a wish without the way back made safe: %s', async (what) => {
    const wish = saying('close', { ...closing, [what]: false }, sam)
    const { result, did } = await after({ ...order, close: wish })
    expect({ result, did }).toEqual({ result: no({ code: 'not-made-safe' }), did: [] })
  })
})
