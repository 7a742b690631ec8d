import { describe, expect, it } from 'vitest'
import type { Ports } from '../../src/activities/ports.ts'
import { carryOut } from '../../src/activities/revocation.ts'
import type { Envelope, Said } from '../../src/core/envelope/statement.ts'
import { requestText } from '../../src/core/envelope/request-hash.ts'
import { signedRequest } from '../../src/core/exception/requested.ts'
import type { KnownState, Request } from '../../src/core/exception/state.ts'
import type { ChainedFact } from '../../src/core/ledger/chained-fact.ts'
import { isRevocationFact } from '../../src/core/revocation/fact.ts'
import { active, asked, ended, exceptionId } from '../core/card/states.ts'

const sha256 = (text: string): string => `sha256-of-${text}`
const hashOf = (request: Request): string => {
  const { actor, body } = signedRequest(request).statement
  return sha256(requestText(request.exceptionId, actor, body))
}
const requestHash = hashOf(active().request)

/** What took the place of the other, under the hash that its request really has. */
function longer(): KnownState {
  const state = active()
  const request = { ...state.request, exceptionId: 'longer', extends: exceptionId }
  return { ...state, request: { ...request, requestHash: hashOf(request) } }
}

/** The same state, under the hash that its request really has. */
const hashed = (state: KnownState): KnownState => ({
  ...state,
  request: { ...state.request, requestHash },
})

const names: Readonly<Record<string, string>> = {
  'entra:dana': 'Dana Cruz',
  'entra:hanna': 'Hanna Weiss',
  'entra:hari': 'Hari Patel',
}
const saidAt = asked + 3_600_000
const now = saidAt + 1000

function word(who: 'dana' | 'hanna' | 'hari', said: Said): Envelope {
  const actor = { person: `entra:${who}`, team: 'T1', user: `U0${who.toUpperCase()}` } as const
  const statement = { v: 1, exceptionId, requestHash, actor, at: saidAt, ...said } as const
  return { statement, keyId: 'key-1', signature: `${who}-${said.kind}` }
}
const notMe: Said = { kind: 'not-me', body: {} }
const revoke: Said = { kind: 'revoke', body: { reason: 'the wrong person called' } }

const used = {
  credentialId: 'c',
  startsAt: asked,
  expiresAt: asked + 7_200_000,
  createdAt: asked,
  state: 'used',
}

/** A worker, its ledger and Slack, around one exception; its pass can be used, once. */
function workerWith(state: KnownState, ...others: readonly KnownState[]) {
  const chains = new Map<string, readonly ChainedFact[]>()
  const told = new Map<string, string>()
  const done = { revoked: 0, signedOut: 0, stopped: 0, alarms: 0 }
  const removed: string[] = []
  const spread: string[] = []
  const places = new Map<string, { channel: string; ts: string }>()
  let alive = 'lease' in state
  const ports = {
    verifier: { verify: ({ signature }: Envelope) => signature !== 'forged' },
    directory: {
      personById: async (id: string) => ({ id, name: names[id], enabled: true, guest: false }),
    },
    policies: {
      current: () => ({ policy: { channels: { security: 'C0SECURITY' } } }),
      byHash: async () => ({ policy: { rules: [] } }),
    },
    belongs: async () => false,
    stops: { endByWord: async () => void done.stopped++ },
    revocations: {
      write: async (_envelope: Envelope, id: string) => void spread.push(id),
    },
    intents: { of: async () => [] },
    providers: {
      entra: {
        reader: {
          credentials: async () => (alive ? [used] : []),
          credential: async () => undefined,
        },
        issuer: {
          revoke: async () => {
            done.revoked++
            alive = false
          },
        },
      },
    },
    signIns: {
      methods: async () => [],
      revokeSessions: async () => void done.signedOut++,
    },
    ledger: {
      append: async (chain: string, facts: readonly ChainedFact[]) => {
        if (chain.startsWith('alarm/')) done.alarms++
        else chains.set(chain, facts)
      },
    },
    cards: {
      placeOf: async (_id: string, key: string) => places.get(key),
      remember: async (_id: string, key: string, place: { channel: string; ts: string }) =>
        void places.set(key, place),
    },
    slack: {
      post: async (to: string, text: string) => {
        told.set(to, text)
        return { channel: to, ts: `${places.size}` }
      },
      update: async ({ channel }: { channel: string }, text: string) => void told.set(channel, text),
      remove: async ({ ts }: { ts: string }) => void removed.push(ts),
    },
    sha256,
    uuid: () => '0'.repeat(32),
    now: () => now,
    warn: () => undefined,
  } as unknown as Ports
  const revocations = () => [...chains.values()].flatMap((facts) => facts.map(({ fact }) => fact))
  const viewOf = (one: KnownState) => ({
    exceptionId: one.request.exceptionId,
    displayId: 'TAP-7F3K-Q2MD',
    state: one,
    followUp: undefined,
    revocations: revocations()
      .filter(isRevocationFact)
      .filter((fact) => fact.exceptionId === one.request.exceptionId),
  })
  const views = { byId: async () => viewOf(state), family: async () => [state, ...others].map(viewOf) }
  return {
    told,
    done,
    chains,
    places,
    removed,
    spread,
    act: (envelope: Envelope, about = exceptionId) =>
      carryOut(ports, views, { envelope, exceptionId: about }),
  }
}

describe('a revocation outside the workflow', () => {
  it('ends, signs out, and stands in a chain of its own: who, what was said, what was done', async () => {
    const worker = workerWith(hashed(active()))
    expect(await worker.act(word('dana', notMe))).toBe('ended')
    expect(worker.done).toEqual({ revoked: 1, signedOut: 1, stopped: 1, alarms: 0 })
    expect([...worker.chains]).toEqual([
      [
        'revocation/sha256-of-dana-not-me',
        [
          {
            seq: 1,
            salt: '0'.repeat(32),
            fact: {
              type: 'revoked-directly',
              at: now,
              exceptionId,
              by: { person: 'entra:dana', team: 'T1', user: 'U0DANA' },
              said: 'not-me',
              saidAt,
              wasUsed: true,
              sessionsRevoked: true,
              methodsAdded: [],
              details: { name: 'Dana Cruz' },
            },
          },
        ],
      ],
    ])
  })

  it('stops what took its place at once, and ends it as a revocation of its own', async () => {
    const worker = workerWith(hashed(active()), longer())
    worker.places.set('code/1', { channel: 'D0DANA', ts: '1.1' })
    expect(await worker.act(word('dana', notMe))).toBe('ended')
    expect(worker.done.stopped).toBe(2)
    expect(worker.spread).toEqual([exceptionId, 'longer'])
    expect(await worker.act(word('dana', notMe), 'longer')).toBe('ended')
    expect(worker.removed).toEqual(['1.1', '1.1'])
    expect([...worker.chains].map(([chain, [link]]) => [chain, link?.seq, link?.fact])).toMatchObject([
      ['revocation/sha256-of-dana-not-me', 1, { type: 'revoked-directly', exceptionId, wasUsed: true }],
      ['revocation/sha256-of-dana-not-me/longer', 1, { type: 'revoked-directly', exceptionId: 'longer' }],
    ])
  })

  it('by somebody who may not stops nothing of what took its place', async () => {
    const worker = workerWith(hashed(active()), longer())
    expect(await worker.act(word('hari', revoke), 'longer')).toBe('refused')
    expect(worker.done).toMatchObject({ revoked: 0, stopped: 0 })
    expect(worker.spread).toEqual([])
  })

  it.each([
    ['what the bot did not sign', { requestHash: 'another' }],
    ['somebody else', { subject: 'entra:olga' }],
    ['what it never was extended by', { extends: 'something else' }],
  ] as const)('is not turned on %s, whatever a row says', async (_what, changed) => {
    const { request, ...state } = longer()
    const planted = { ...request, ...changed }
    const hash = 'requestHash' in changed ? changed.requestHash : hashOf(planted)
    const worker = workerWith(hashed(active()), {
      ...state,
      request: { ...planted, requestHash: hash },
    })
    expect(await worker.act(word('dana', notMe))).toBe('ended')
    expect(worker.spread).toEqual([exceptionId])
    expect(await worker.act(word('dana', notMe), 'longer')).toBe('refused')
    expect(worker.done).toMatchObject({ stopped: 1, alarms: 1 })
  })

  it('takes a message with the code away, too; one that ended nothing does not', async () => {
    const worker = workerWith(hashed(active()))
    worker.places.set('code/1', { channel: 'D0DANA', ts: '1.1' })
    await worker.act(word('hari', revoke))
    expect(worker.removed).toEqual([])
    await worker.act(word('dana', notMe))
    expect(worker.removed).toEqual(['1.1'])
  })

  it('tells security and the speaker who revoked what, and keeps the reason where it can be erased', async () => {
    const worker = workerWith(hashed(active()))
    await worker.act(word('hanna', revoke))
    const says = 'Hanna Weiss revoked the pass for Dana Cruz.'
    expect(worker.told.get('C0SECURITY')).toContain(says)
    expect(worker.told.get('U0HANNA')).toContain(says)
    const [[entry] = []] = worker.chains.values()
    expect(entry?.fact).toMatchObject({ details: { name: 'Hanna Weiss', reason: 'the wrong person called' } })
  })

  it('by somebody who may not ends nothing; the attempt is a fact, and the person reads who may', async () => {
    const worker = workerWith(hashed(active()))
    expect(await worker.act(word('hari', revoke))).toBe('refused')
    expect(await worker.act(word('hari', notMe))).toBe('refused')
    expect(worker.done).toEqual({ revoked: 0, signedOut: 0, stopped: 0, alarms: 0 })
    const facts = [...worker.chains.values()].flatMap((chain) => chain.map(({ fact }) => fact))
    expect(facts).toMatchObject([
      { type: 'revocation-refused', said: 'revoke', refusal: { code: 'not-allowed' } },
      { type: 'revocation-refused', said: 'not-me', refusal: { code: 'not-the-subject' } },
    ])
    expect([...worker.told]).toEqual([
      [
        'U0HARI',
        'The pass for Dana Cruz was not ended. Not me is for Dana Cruz alone. Ask security to revoke it.',
      ],
    ])
  })

  it('tried again, says what the first try found: a later one can not see the use any more', async () => {
    const worker = workerWith(hashed(active()))
    await worker.act(word('dana', notMe))
    const [first, chains] = [new Map(worker.told), new Map(worker.chains)]
    expect(await worker.act(word('dana', notMe))).toBe('ended')
    expect(worker.told).toEqual(first)
    expect(worker.chains).toEqual(chains)
    expect(worker.done).toMatchObject({ revoked: 1, signedOut: 1 })
    expect(worker.places.size).toBe(2)
  })

  it('of a pass that was used before signs out, long after its workflow', async () => {
    const worker = workerWith(hashed(ended('used', undefined, { wasUsed: true })))
    expect(await worker.act(word('dana', notMe))).toBe('ended')
    expect(worker.done.signedOut).toBe(1)
    expect(worker.told.get('C0SECURITY')).toContain('Dana Cruz was signed out everywhere.')
  })

  it('more than a week after the end revokes nothing, and says how it ended; *Not me* is still heard', async () => {
    const longAgo = saidAt - 604_800_001
    const worker = workerWith(hashed(ended('used', undefined, { wasUsed: true, endedAt: longAgo })))
    expect(await worker.act(word('hanna', revoke))).toBe('refused')
    expect(worker.done).toEqual({ revoked: 0, signedOut: 0, stopped: 0, alarms: 0 })
    expect([...worker.chains.values()].flat()).toMatchObject([{ fact: { refusal: { code: 'over' } } }])
    expect(worker.told.get('U0HANNA')).toMatch(/^It is over\. /)
    expect(await worker.act(word('dana', notMe))).toBe('ended')
    expect(worker.done.signedOut).toBe(1)
  })

  it('that is forged ends nothing, and raises an alarm', async () => {
    const worker = workerWith(hashed(active()))
    expect(await worker.act({ ...word('dana', notMe), signature: 'forged' })).toBe('refused')
    expect(worker.done).toEqual({ revoked: 0, signedOut: 0, stopped: 0, alarms: 1 })
    expect(worker.chains.size).toBe(0)
  })

  const { request } = hashed(active())
  const another = { ...request, subject: 'entra:olga' } as const
  it.each<readonly [string, Request]>([
    ['of somebody else', another],
    ['that the bot did not sign', { ...request, proof: { keyId: 'key-1', signature: 'forged' } }],
    ['of somebody else, under its own hash', { ...another, requestHash: hashOf(another) }],
    ['of another exception', { ...request, exceptionId: '4bc8f15e-9a52-4d19-8a70-0123456789ab' }],
  ])('about a request %s ends nothing, and raises an alarm', async (_of, forged) => {
    const worker = workerWith({ ...active(), request: forged })
    expect(await worker.act(word('dana', notMe))).toBe('refused')
    expect(worker.done).toEqual({ revoked: 0, signedOut: 0, stopped: 0, alarms: 1 })
    expect(worker.chains.size).toBe(0)
  })
})
