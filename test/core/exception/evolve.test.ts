import { array, assert, constantFrom, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evolve } from '../../../src/core/exception/evolve.ts'
import type { Fact, Outcome } from '../../../src/core/exception/fact.ts'
import type { Ended, State } from '../../../src/core/exception/state.ts'
import {
  actorOf,
  after,
  approvedAfter,
  asked,
  ava,
  claimedAfter,
  facts,
  lease,
  marco,
  minute,
  mintLost,
  phone,
  plan,
  second,
  states,
  stateNames,
  type StateName,
} from './given.ts'

const types = Object.keys(facts) as Fact['type'][]
const statusOf = (state: State): string => (state.status === 'ending' ? `ending: ${state.why}` : state.status)

/** Which facts move which state, and where to. Every other fact leaves the status as it is. */
const ends = { ended: 'ended' } as const
const stops = {
  'revoke-asked': 'ending: revoked',
  stopped: 'ending: stopped',
  'stopped-for-case': 'ending: stopped',
  cancelled: 'ending: revoked',
} as const
const moves: Readonly<Record<StateName, Readonly<Partial<Record<Fact['type'], string>>>>> = {
  new: { requested: 'requested' },
  requested: { admitted: 'waiting', ...ends },
  waiting: { approved: 'approved', ...stops, ...ends },
  approved: { shown: 'active', ...stops, ...ends },
  active: { 'not-seen': 'ending: not-seen', replaced: 'ending: replaced', ...stops, ...ends },
  hidden: { 'not-seen': 'ending: not-seen', replaced: 'ending: replaced', ...stops, ...ends },
  'ending: revoked': { ...stops, ...ends },
  'ending: revoked before approval': { ...stops, ...ends },
  'ending: stopped': { ...stops, ...ends },
  'ending: not seen': { reopened: 'approved', ...stops, ...ends },
  'ending: mint lost': { reopened: 'approved', ...stops, ...ends },
  ended: {},
}
/** Facts that tell something without moving the status. */
const anywhere = [
  'attempt-refused',
  'refused',
  'denied',
  'used',
  'vanished',
  'voided',
  'revoked',
  'not-extended',
] as const
const tells: Readonly<Record<StateName, readonly Fact['type'][]>> = {
  new: [],
  requested: anywhere,
  waiting: [...anywhere, 'pinged'],
  approved: [...anywhere, 'mint-failed'],
  active: [...anywhere, 'hidden', 'extended'],
  hidden: [...anywhere, 'hidden', 'extended'],
  'ending: revoked': anywhere,
  'ending: revoked before approval': anywhere,
  'ending: stopped': anywhere,
  'ending: not seen': anywhere,
  'ending: mint lost': anywhere,
  // What lives on as something else can still be named.
  ended: ['attempt-refused'],
}

describe('every fact in every state', () => {
  it.each(stateNames)('%s: leads on as the table says, and any other fact leaves it as it is', (name) => {
    const before = states[name]
    const changing = types.filter((type) => evolve(before, facts[type]) !== before)
    const moving = changing.filter((type) => statusOf(evolve(before, facts[type])) !== statusOf(before))
    const expected = Object.entries(moves[name]).filter(([, status]) => status !== statusOf(before))
    expect(Object.fromEntries(moving.map((type) => [type, statusOf(evolve(before, facts[type]))]))).toEqual(
      Object.fromEntries(expected),
    )
    expect(new Set(changing)).toEqual(new Set([...Object.keys(moves[name]), ...tells[name]]))
  })
})

describe('what a fact tells', () => {
  it('the request, with the names that people read', () => {
    const { type: _type, at: _at, details, ...request } = facts.requested
    expect(states.requested).toEqual({
      status: 'requested',
      request: { ...request, ...details, requestedAt: asked },
      refusedAttempts: {},
    })
  })

  it('who is asked, and until when', () => {
    expect(states.waiting).toMatchObject({
      plan,
      askedNames: 'Marco',
      approvals: [],
      until: asked + plan.answerWithin * second,
      pings: 0,
    })
  })

  it('how often the approvers were pinged', () => {
    expect(evolve(evolve(states.waiting, facts.pinged), facts.pinged)).toMatchObject({ pings: 2 })
  })

  it('an approval that is not the last one', () => {
    const half = evolve(states.waiting, { ...facts.approved, complete: false })
    expect(half).toMatchObject({
      status: 'waiting',
      until: asked + plan.answerWithin * second,
      approvals: [{ by: actorOf(marco), name: 'Marco', checked: 'called-back', at: asked + approvedAfter }],
    })
    const whole = evolve(half, { ...facts.approved, by: actorOf(ava), details: { name: 'Ava' } })
    expect(whole).toMatchObject({ status: 'approved', approvals: [{ name: 'Marco' }, { name: 'Ava' }] })
  })

  it('until when the code can be claimed', () => {
    expect(states.approved).toMatchObject({
      claimUntil: asked + approvedAfter + plan.claimWithin * second,
      mints: 0,
    })
    expect(states.approved).not.toHaveProperty('until')
    expect(states.approved).not.toHaveProperty('pings')
  })

  it('what was shown', () => {
    expect(states.active).toMatchObject({
      lease,
      shownAt: asked + claimedAfter,
      methodsBefore: [phone],
      mints: 1,
      hidden: false,
    })
    expect(states.hidden).toMatchObject({ lease, hidden: true })
  })

  it('a mint of which nothing is alive counts and leaves the claim open', () => {
    const once = evolve(states.approved, facts['mint-failed'])
    expect(once).toEqual({ ...states.approved, mints: 1 })
    expect(evolve(once, facts.shown)).toMatchObject({ status: 'active', mints: 2 })
  })

  it('a mint that got lost has to be cleaned up first', () => {
    expect(states['ending: mint lost']).toMatchObject({ why: 'mint-lost', mints: 1 })
    expect(states['ending: mint lost']).not.toHaveProperty('stop')
    expect(evolve(states['ending: mint lost'], facts.reopened)).toEqual({ ...states.approved, mints: 1 })
  })

  it('a code that was not seen leaves nothing of it when the claim opens again', () => {
    const again = evolve(states['ending: not seen'], facts.reopened)
    expect(again).toMatchObject({ ...states.approved, mints: 1 })
    for (const gone of ['lease', 'shownAt', 'methodsBefore', 'stop', 'why'])
      expect(again).not.toHaveProperty(gone)
  })

  it.each([
    [
      'the helpdesk’s word',
      facts['revoke-asked'],
      { why: 'revoked', stop: { by: 'Hanna', reason: 'The phone was found.' } },
    ],
    ['the subject’s', facts.stopped, { why: 'stopped', stop: { by: 'Dana' } }],
    ['an operator’s', facts.cancelled, { why: 'revoked', stop: { by: 'whoever runs Hallpass' } }],
  ] as const)('who ended it: %s', (_who, fact, told) => {
    expect(evolve(states.active, fact)).toMatchObject({ ...told, lease, mints: 1 })
    expect(evolve(states.waiting, fact)).toMatchObject({ ...told, mints: 0, approvals: [] })
  })

  it('how often somebody was refused, word by word', () => {
    const refused = facts['attempt-refused']
    const state = [refused, refused, { ...refused, said: 'deny' } as const].reduce<State>(
      evolve,
      states.waiting,
    )
    expect(state).toMatchObject({ refusedAttempts: { 'approve entra:ava': 2, 'deny entra:ava': 1 } })
  })

  it('a person whose id is a word of JavaScript is counted like everybody', () => {
    const by = { ...actorOf(ava), person: '__proto__' as never }
    const state = evolve(states.waiting, { ...facts['attempt-refused'], by })
    expect(state).toMatchObject({ refusedAttempts: { 'approve __proto__': 1 } })
  })
})

const ended = (outcome: Outcome): Fact => ({ ...facts.ended, outcome })

describe('the end keeps the story', () => {
  it('of a request that was refused', () => {
    expect(after(facts.requested, facts.refused, ended('refused'))).toEqual({
      status: 'ended',
      outcome: 'refused',
      endedAt: facts.ended.at,
      request: 'request' in states.requested ? states.requested.request : undefined,
      refusedAttempts: {},
      refusal: { code: 'no-approver' },
      approvals: [],
    })
  })

  it('of a denial', () => {
    const state = [facts.denied, ended('denied')].reduce<State>(evolve, states.waiting)
    expect(state).toMatchObject({
      outcome: 'denied',
      stop: { by: 'Marco', reason: 'I do not know this person.' },
      plan,
      askedNames: 'Marco',
      approvals: [],
    })
    expect(state).not.toHaveProperty('lease')
    expect(state).not.toHaveProperty('shownAt')
  })

  it.each(['vanished', 'voided'] as const)('of what nobody here ended: %s', (overBy) => {
    const state = [facts[overBy], ended('revoked')].reduce<State>(evolve, states.active)
    expect(state).toMatchObject({ outcome: 'revoked', overBy, lease })
    expect(state).not.toHaveProperty('stop')
  })

  it('of a pass that was used', () => {
    expect(states.ended).toMatchObject({
      outcome: 'used',
      wasUsed: true,
      lease,
      shownAt: asked + claimedAfter,
      methodsBefore: [phone],
      approvals: [{ name: 'Marco' }],
    })
    expect(states.ended).not.toHaveProperty('last')
  })

  it('of a pass that was revoked after use', () => {
    const state = [facts.revoked, ended('revoked')].reduce<State>(evolve, states['ending: revoked'])
    expect(state).toMatchObject({
      outcome: 'revoked',
      endedAt: asked + 10 * minute,
      stop: { by: 'Hanna', reason: 'The phone was found.' },
      wasUsed: true,
      sessionsRevoked: true,
      methodsAdded: [phone],
      lease,
    })
  })

  it('of a code that was not seen and then never claimed: nothing was shown', () => {
    const state = [facts.reopened, facts['never-claimed'], ended('never-claimed')].reduce<State>(
      evolve,
      states['ending: not seen'],
    )
    expect(state).not.toHaveProperty('lease')
    expect(state).not.toHaveProperty('shownAt')
  })
})

const isLastApproval = (fact: Fact): boolean => fact.type === 'approved' && fact.complete

describe('whatever happens, in whatever order', () => {
  const outcomes: readonly Outcome[] = ['refused', 'denied', 'used', 'expired', 'revoked', 'stopped']
  const anyFact = record({
    type: constantFrom(...types),
    at: integer({ min: asked, max: asked + 1e8 }),
    outcome: constantFrom(...outcomes),
    complete: constantFrom(true, false),
    settled: constantFrom(true, false),
  }).map((more) => ({ ...facts[more.type], ...more }) as Fact)
  const anyStory = array(anyFact, { maxLength: 30 })

  it('a chain folds, and every state is plain JSON', () => {
    assert(
      property(anyStory, (story) => {
        const state = after(...story)
        expect(JSON.parse(JSON.stringify(state))).toEqual(state)
      }),
      { numRuns: 2000 },
    )
  })

  it('nothing changes after the end', () => {
    assert(
      property(anyStory, (story) => {
        const { refusedAttempts } = states.ended as Ended
        const later = story.reduce(evolve, states.ended) as Ended
        expect({ ...later, refusedAttempts }).toEqual(states.ended)
      }),
      { numRuns: 1000 },
    )
  })

  it('nothing begins before the request, and there is one request only', () => {
    const other = { ...facts.requested, subject: ava.id }
    assert(
      property(anyStory, (story) => {
        const state = after(facts.requested, ...story, other, ...story)
        expect('request' in state && state.request.subject).toBe(facts.requested.subject)
      }),
      { numRuns: 1000 },
    )
  })

  it('nothing is approved, shown or opened again without the last approval that was needed', () => {
    assert(
      property(anyStory, (story) => {
        const state = after(facts.requested, facts.admitted, ...story.filter((fact) => !isLastApproval(fact)))
        expect(['approved', 'active']).not.toContain(state.status)
        expect(state).not.toHaveProperty('lease')
      }),
      { numRuns: 2000 },
    )
  })

  it('what was revoked or stopped never comes back', () => {
    assert(
      property(
        anyStory,
        constantFrom(facts['revoke-asked'], facts.stopped, facts.cancelled),
        (story, stop) => {
          for (const name of ['waiting', 'approved', 'active', 'ending: mint lost'] as const) {
            const state = [stop, ...story].reduce(evolve, states[name])
            expect(['ending', 'ended']).toContain(state.status)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('a lost mint is never forgotten: it is ended or cleaned up before the next one', () => {
    assert(
      property(anyStory, (story) => {
        const without = story.filter(({ type }) => type !== 'reopened' && type !== 'ended')
        const state = [mintLost, ...without].reduce<State>(evolve, states.approved)
        expect(state.status).toBe('ending')
      }),
      { numRuns: 1000 },
    )
  })
})
