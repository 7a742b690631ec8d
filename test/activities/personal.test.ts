import { describe, expect, it } from 'vitest'
import { giveBack, type GiveBack } from '../../src/activities/fraud/give-back.ts'
import { hearWord } from '../../src/activities/fraud/hear-word.ts'
import { openCase } from '../../src/activities/fraud/open-case.ts'
import { takeStep } from '../../src/activities/fraud/take-step.ts'
import type { Envelope } from '../../src/core/envelope/statement.ts'
import type { CaseSaid, CaseStatement } from '../../src/core/fraud/statement.ts'
import type { Person } from '../../src/core/people/person.ts'
import { no } from '../../src/core/result.ts'
import { actorOf, dana, hanna } from '../core/exception/given.ts'
import { caseId, reported, sam, stateAfter, sue } from '../core/fraud/given.ts'
import { caseWorld, closing, forged, personally, reportBy, saying } from './case-world.ts'

/** What the policy has: whose key, by the name that the directory knows them under. */
const keys = { 'sam@x.example': 'key-of-sam', 'sue@x.example': 'key-of-sue', 'dana@x.example': 'key-of-dana' }
const state = stateAfter(reported({ by: actorOf(hanna), as: 'helpdesk' }))

const close = personally(saying('close', closing, sam), 'key-of-sam')
const agreedBy = (by: Person, key: string, to = close.signature) =>
  personally(saying('unblock', { close: to }, by), key)
const order: GiveBack = {
  report: reportBy(hanna),
  again: [],
  close,
  unblock: agreedBy(sue, 'key-of-sue'),
}

async function after(one: GiveBack, setting: Parameters<typeof caseWorld>[0] = {}) {
  const world = caseWorld({ state, keys, ...setting })
  const result = await giveBack(world.ports, one)
  return { result, did: world.did, alarms: world.alarms.length }
}

const given = {
  result: { ok: true, value: { is: 'done' } },
  did: [`allow ${dana.id} ${caseId}`, 'unblock', 'dismissRisk'],
  alarms: 0,
}
const unverified = { result: no({ code: 'unverified' }), did: [], alarms: 1 }

describe('an account is given back', () => {
  const byBot = saying('close', closing, sam)

  it.each<readonly [string, GiveBack]>([
    ['by two keys of people’s own', order],
    [
      'by what the bot signed, and a key of somebody’s own',
      { ...order, close: byBot, unblock: agreedBy(sue, 'key-of-sue', byBot.signature) },
    ],
    [
      'by a key of somebody’s own, and what the bot signed',
      { ...order, unblock: saying('unblock', { close: close.signature }, sue) },
    ],
  ])('%s', async (_, one) => {
    expect(await after(one)).toEqual(given)
  })
})

/** The same signature, under a word of a Slack account. */
const asSlack = (word: GiveBack['unblock']): GiveBack['unblock'] => ({
  ...word,
  statement: { ...word.statement, actor: actorOf(sue) },
})

describe('nothing is given back, and security is told, where', () => {
  it.each<readonly [string, Partial<GiveBack>]>([
    [
      'the wish is signed with the key of somebody else',
      { close: personally(saying('close', closing, sam), 'key-of-sue') },
    ],
    ['the agreement is signed with the key of whoever wished it', { unblock: agreedBy(sue, 'key-of-sam') }],
    ['the agreement is signed with a key that is nobody’s', { unblock: agreedBy(sue, 'key-of-nobody') }],
    ['the agreement speaks for a Slack account', { unblock: asSlack(order.unblock) }],
    ['a report is signed with a key of somebody’s own', { report: personally(reportBy(sam), 'key-of-sam') }],
  ])('%s', async (_, changed) => {
    const one = { ...order, ...changed }
    const unblock = changed.close && agreedBy(sue, 'key-of-sue', changed.close.signature)
    expect(await after({ ...one, ...(unblock && { unblock }) })).toEqual(unverified)
  })

  it('the key stands in the policy no more', async () => {
    const { 'sue@x.example': _, ...left } = keys
    expect(await after(order, { keys: left })).toEqual(unverified)
    const { ports } = caseWorld({ state })
    expect(await giveBack(ports, order)).toEqual(no({ code: 'unverified' }))
  })

  it('the name of the key is another person’s by now', async () => {
    const people = [
      { ...sue, upn: 'sue.park@x.example' },
      { ...hanna, upn: 'sue@x.example' },
    ]
    expect(await after(order, { people })).toEqual(unverified)
  })
})

describe('all other judgements stay as they are:', () => {
  it.each<readonly [string, GiveBack, Parameters<typeof caseWorld>[0], string]>([
    ['two signatures of one person', { ...order, unblock: agreedBy(sam, 'key-of-sam') }, {}, 'second-person'],
    [
      'the person whom it is about',
      { ...order, unblock: agreedBy(dana, 'key-of-dana') },
      { security: [sam, sue, dana] },
      'own-case',
    ],
    ['somebody who is not of security any more', order, { security: [sam] }, 'security-only'],
    ['somebody who is disabled', order, { people: [{ ...sue, enabled: false }] }, 'security-only'],
  ])('%s', async (_, one, setting, code) => {
    expect(await after(one, setting)).toEqual({ result: no({ code }), did: [], alarms: 0 })
  })

  it('nobody knows whose key it is while the directory knows no such name', async () => {
    const { ports, did } = caseWorld({ state, keys, people: [{ ...sue, upn: 'gone@x.example' }] })
    await expect(giveBack(ports, order)).rejects.toMatchObject({ code: 'missing' })
    expect(did).toEqual([])
  })
})

describe('a word that is signed with a key of somebody’s own', () => {
  const words: readonly Envelope<CaseStatement>[] = [close, order.unblock]

  it.each(words)('is heard: $statement.kind', async (word) => {
    const { ports } = caseWorld({ keys })
    expect(await hearWord(ports, word, caseId)).toMatchObject({ is: 'heard', standing: { isSecurity: true } })
  })

  it.each<CaseSaid['kind']>(['mistake', 'take', 'note', 'block'])(
    'is forged where it is: %s',
    async (kind) => {
      const { ports, alarms } = caseWorld({ keys })
      const word = personally(saying(kind, { text: 'a note' }, sam), 'key-of-sam')
      expect(await hearWord(ports, word, caseId)).toEqual({ is: 'forged' })
      expect(alarms).toHaveLength(1)
    },
  )

  it('is forged where it was changed, or the policy has no keys', async () => {
    const { ports } = caseWorld({ keys })
    expect(await hearWord(ports, forged(close), caseId)).toEqual({ is: 'forged' })
    expect(await hearWord(caseWorld().ports, close, caseId)).toEqual({ is: 'forged' })
  })

  it('opens no case, and blocks nobody', async () => {
    const report = personally(reportBy(sam), 'key-of-sam')
    const { ports, did } = caseWorld({ keys, breakGlass: [dana] })
    expect(await openCase(ports, report)).toEqual({ is: 'forged' })
    await takeStep(ports, { step: 'block', report })
    const block = personally(saying('block', {}, sam), 'key-of-sam')
    await takeStep(ports, { step: 'block', report: reportBy(hanna), block })
    expect(did).toEqual([])
  })
})
