import { describe, expect, it } from 'vitest'
import { openFollowUp, tellFollowUp } from '../../src/activities/follow-up.ts'
import type { Ports } from '../../src/activities/ports.ts'
import type { KnownState } from '../../src/core/card/card.ts'
import type { Category } from '../../src/core/envelope/statement.ts'
import type { FollowUpFact } from '../../src/core/follow-up/fact.ts'
import { followUpStart, type FollowUpStart } from '../../src/core/follow-up/start.ts'
import type { Method } from '../../src/core/ports.ts'
import { active, asked, ended, exceptionId, links, method } from '../core/card/states.ts'

const second = '11111111-9a52-4d19-8a70-0123456789ab'
const passkey = method('Passkey')
const { plan, request } = active()

/** An exception that was used, as the projection has it. */
const used = (id: string, requester: string): KnownState =>
  ended('used', undefined, {
    plan,
    shownAt: asked,
    methodsBefore: [],
    request: { ...request, exceptionId: id, requester: { ...request.requester, user: requester } },
  })

function startOf(category: Category = 'lost'): FollowUpStart {
  const state = used(exceptionId, 'U0HANNA')
  const start = state.status === 'ended' ? followUpStart(state) : undefined
  if (start === undefined) throw new Error('There is nothing to follow up.')
  return { ...start, category }
}

/** A workspace that writes down which card was posted to whom; every card of an exception is there already. */
function world(methods: readonly Method[] = []) {
  const posted: { readonly to: string; readonly text: string }[] = []
  const updated: string[] = []
  const states = new Map([
    [exceptionId, used(exceptionId, 'U0HANNA')],
    [second, used(second, 'U0HUGO')],
  ])
  const ports = {
    ledger: { append: async () => undefined },
    signIns: { methods: async () => methods },
    directory: { managerOf: async () => undefined },
    views: { byId: async (id: string) => ({ state: states.get(id) }) },
    cards: {
      placeOf: async (id: string, key: string) =>
        key.startsWith('follow-up/') ? undefined : { channel: id, ts: key },
      remember: async () => undefined,
    },
    slack: {
      post: async (to: string, text: string) => {
        posted.push({ to, text })
        return { channel: to, ts: '1' }
      },
      update: async (place: { readonly channel: string; readonly ts: string }) =>
        void updated.push(`${place.channel} ${place.ts}`),
    },
    links,
  } as unknown as Ports
  const tell = (fact: FollowUpFact, start = startOf(), exceptions: readonly string[] = [exceptionId]) =>
    tellFollowUp(ports, { start, exceptions, facts: [{ seq: 2, salt: '', fact }] }, 1)
  return { tell, posted, updated }
}

describe('telling a follow-up', () => {
  it.each<readonly [FollowUpFact, string]>([
    [{ type: 'reminder-due', at: asked, number: 1, of: 2 }, 'U0DANA'],
    [{ type: 'phone-asked', at: asked, until: asked }, 'U0DANA'],
    [{ type: 'still-missing', at: asked }, 'U0HANNA'],
  ])('asks somebody, and nobody where a look finds evidence by then: %o', async (fact, who) => {
    const missing = world()
    expect(await missing.tell(fact)).toEqual([])
    expect(missing.posted.map(({ to }) => to)).toEqual([who])
    const there = world([passkey])
    expect(await there.tell(fact)).toEqual([passkey])
    expect(there.posted).toEqual([])
  })

  it.each<FollowUpFact>([
    { type: 'evidence-seen', at: asked, methods: [passkey] },
    { type: 'phone-back-said', at: asked, by: request.requester },
  ])('brings the cards of every exception up to date at the end: %o', async (fact) => {
    const { tell, updated } = world()
    await tell(fact, startOf('not-at-hand'), [exceptionId, second])
    const keys = [
      'requester',
      'subject/over',
      'approvals',
      ...plan.asked.map(({ person }) => `approver/${person}`),
    ]
    expect(updated).toEqual([exceptionId, second].flatMap((id) => keys.map((key) => `${id} ${key}`)))
  })
})

it('nobody is followed up for a drill, whatever became of its code', async () => {
  const opened: FollowUpStart[] = []
  const followUps = { open: async (start: FollowUpStart) => void opened.push(start) }
  const ports = { followUps } as unknown as Ports
  await openFollowUp(ports, { ...startOf(), kind: 'drill' })
  expect(opened).toEqual([])
  await openFollowUp(ports, startOf())
  expect(opened).toEqual([startOf()])
})
