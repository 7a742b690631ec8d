import { expect, it } from 'vitest'
import { tellCase } from '../../src/activities/fraud/tell-case.ts'
import type { Ports } from '../../src/activities/ports.ts'
import type { CaseFact } from '../../src/core/fraud/fact.ts'

import { actorOf, asked, hanna, minute, second } from '../core/exception/given.ts'
import { plan, policy, reported, sam, stateAfter } from '../core/fraud/given.ts'

const fraud = { ...policy.fraud, escalateTo: 'C-BOSSES', phone: '+41 44 555 01 00' }
const report = reported({
  by: actorOf(hanna),
  as: 'helpdesk',
  plan: plan({ reporter: 'helpdesk', policy: { ...policy, fraud } }),
})
const notTaken = (times: number): CaseFact => ({ type: 'not-taken', at: asked + times * minute, times })
const taken: CaseFact = { type: 'taken', at: asked + minute, by: actorOf(sam), details: { name: 'Sam Reed' } }
const raised: CaseFact = { type: 'raised', at: asked + 90 * 24 * 60 * minute, times: 1 }

/** What stands in a channel. */
type Told = { readonly key: string; readonly to: string; readonly text: string }

/** Tells a case on after each of these facts; answers what stands where at last. */
async function toldAfter(...all: readonly [CaseFact, ...CaseFact[]]): Promise<readonly Told[]> {
  const posted = new Map<string, Omit<Told, 'key'>>()
  const keys = new Map<string, string>()
  const post = async (to: string, text: string) => {
    const ts = `${posted.size}`
    posted.set(ts, { to, text })
    return { channel: to, ts }
  }
  const ports = {
    ledger: { append: async () => undefined },
    cards: {
      placeOf: async (_id: string, key: string) => {
        const ts = keys.get(key)
        return ts && { channel: 'C', ts }
      },
      remember: async (_id: string, key: string, { ts }: { readonly ts: string }) => void keys.set(key, ts),
    },
    slack: {
      post,
      update: async ({ ts }: { readonly ts: string }, text: string) =>
        void posted.set(ts, { to: posted.get(ts)?.to ?? '', text }),
    },
  } as unknown as Ports
  for (const [index] of all.entries()) {
    const state = stateAfter(all[0], ...all.slice(1, index + 1))
    await tellCase(ports, { state, facts: [] }, 1)
  }
  return [...keys].map(([key, ts]) => ({ key, to: '', text: '', ...posted.get(ts) }))
}

const alarmsOf = (told: Awaited<ReturnType<typeof toldAfter>>) =>
  told.filter(({ key }) => key.startsWith('not-taken') || key.startsWith('raised'))

it('security is told again in a message of its own, then also where the policy escalates to', async () => {
  const told = alarmsOf(await toldAfter(report, notTaken(1), notTaken(2)))
  expect(told.map(({ key, to }) => [key, to])).toEqual([
    ['not-taken/1/C-SECURITY', 'C-SECURITY'],
    ['not-taken/2/C-SECURITY', 'C-SECURITY'],
    ['not-taken/2/C-BOSSES', 'C-BOSSES'],
  ])
  for (const { text } of told) expect(text).toContain('Nobody has taken the case about Dana Cruz')
})

it('whoever was told reads who took it', async () => {
  const told = alarmsOf(await toldAfter(report, notTaken(1), notTaken(2), taken))
  expect(told.slice(1).every(({ text }) => text.includes('Sam Reed looks after it'))).toBe(true)
})

it('a case that stays open is raised in both, and says that the account is blocked', async () => {
  const told = alarmsOf(await toldAfter(report, taken, raised))
  expect(told.map(({ key }) => key)).toEqual(['raised/1/C-SECURITY', 'raised/1/C-BOSSES'])
  for (const { text } of told) expect(text).toContain('The account of Dana Cruz has been blocked since')
})

it('nothing is told twice while all goes well', async () => {
  expect(alarmsOf(await toldAfter(report, taken))).toEqual([])
})

it('the thread is told in the order of time, however long Slack takes for a line', async () => {
  const early: CaseFact = {
    type: 'step-taken',
    at: asked - second,
    step: 'passes',
    result: { is: 'done', count: 1 },
  }
  const facts = [report, early, taken].map((fact, index) => ({ seq: index + 1, salt: '', fact }))
  const lines: string[] = []
  let tasks = facts.length
  const reply = async (_above: unknown, text: string) => {
    // The first one asked takes longest.
    for (let waits = tasks--; waits > 0; waits -= 1) await new Promise(setImmediate)
    lines.push(text.replaceAll(/<[^>]*> /gu, ''))
    return { channel: 'C', ts: text }
  }
  const places = new Map([['case', { channel: 'C', ts: '1' }]])
  const ports = {
    ledger: { append: async () => undefined },
    cards: { placeOf: async (_id: string, key: string) => places.get(key), remember: async () => undefined },
    slack: { reply, post: async () => ({ channel: 'C', ts: '2' }), update: async () => undefined },
  } as unknown as Ports
  await tellCase(ports, { state: stateAfter(report, early, taken), facts }, 1)
  expect(lines).toEqual([
    expect.stringContaining('Passes'),
    expect.stringContaining('reported it'),
    'Sam Reed looks after it.',
  ])
})
