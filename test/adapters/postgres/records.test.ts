import { createHash, randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBindings } from '../../../src/adapters/postgres/bindings.ts'
import { createCards } from '../../../src/adapters/postgres/cards.ts'
import { createIntents } from '../../../src/adapters/postgres/intents.ts'
import { adopt, createPolicies } from '../../../src/adapters/postgres/policies.ts'
import { createPool } from '../../../src/adapters/postgres/pool.ts'
import {
  createRevocations,
  pendingRevocations,
  revocationDone,
} from '../../../src/adapters/postgres/revocations.ts'
import { canonical } from '../../../src/core/envelope/canonical.ts'
import type { Envelope } from '../../../src/core/envelope/statement.ts'
import type { PinnedPolicy } from '../../../src/core/policy/policy.ts'
import type { Intent } from '../../../src/core/ports.ts'
import { createDatabase, type TestDatabase } from '../../setup/postgres.ts'
import { as } from './as.ts'
import { actor, noon } from './story.ts'

let database: TestDatabase
let pool: Pool

beforeAll(async () => {
  database = await createDatabase()
  pool = createPool(database.programUrl)
})

afterAll(async () => {
  await pool.end()
  await database.drop()
})

function intent(attempt: number, exceptionId: string = randomUUID()): Intent {
  return {
    exceptionId,
    attempt,
    subject: 'entra:sol',
    claim: `signature-${randomUUID()}`,
    before: ['id, with "marks"', '{}'],
    at: noon + 1,
    deadline: noon + 30_002,
  }
}

describe('intents', () => {
  it('come back as they were recorded, in the order of the attempts', async () => {
    const first = intent(1)
    const second = intent(2, first.exceptionId)
    expect(await createIntents(pool).record(second)).toBe(true)
    expect(await createIntents(pool).record(first)).toBe(true)
    expect(await createIntents(pool).of(first.exceptionId)).toEqual([first, second])
  })

  it('stop a second run of an attempt', async () => {
    const first = intent(1)
    const records = await Promise.all(
      Array.from({ length: 5 }, () => createIntents(pool).record({ ...first, claim: randomUUID() })),
    )
    expect(records.filter(Boolean)).toHaveLength(1)
  })

  it('stop a second mint for one press, in whatever attempt or exception', async () => {
    const first = intent(1)
    await createIntents(pool).record(first)
    expect(await createIntents(pool).record({ ...intent(2, first.exceptionId), claim: first.claim })).toBe(
      false,
    )
    expect(await createIntents(pool).record({ ...intent(1), claim: first.claim })).toBe(false)
    expect(await createIntents(pool).of(first.exceptionId)).toEqual([first])
  })

  it('are refused for a fourth attempt', async () => {
    const fourth = intent(4)
    await expect(createIntents(pool).record(fourth)).rejects.toMatchObject({
      code: 'refused',
      status: '23514',
    })
    expect(await createIntents(pool).of(fourth.exceptionId)).toEqual([])
  })

  it('never show in an error what they hold', async () => {
    const error: unknown = await createIntents(pool)
      .record({ ...intent(4), claim: 'signature-to-hide' })
      .catch((reason: unknown) => reason)
    expect(error).toHaveProperty('message', 'postgres: refused (23514)')
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('signature-to-hide')
    expect(error).not.toHaveProperty('cause')
  })
})

describe('cards', () => {
  it('are found where they were posted last, apart for each audience', async () => {
    const [cards, id] = [createCards(pool), randomUUID()]
    await cards.remember(id, 'approvals', { channel: 'C1', ts: '1.000100' })
    await cards.remember(id, 'subject', { channel: 'D1', ts: '2.000100' })
    await cards.remember(id, 'approvals', { channel: 'C2', ts: '3.000100' })
    expect(await cards.placeOf(id, 'approvals')).toEqual({ channel: 'C2', ts: '3.000100' })
    expect(await cards.placeOf(id, 'subject')).toEqual({ channel: 'D1', ts: '2.000100' })
    expect(await cards.placeOf(id, 'requester')).toBeUndefined()
  })
})

describe('bindings', () => {
  const conflict = { code: 'conflict', status: 'binding' }

  it('stand as they were first made', async () => {
    const bindings = createBindings(pool, 'T1')
    const account = { team: 'T1', user: 'U1' }
    await bindings.bind(account, 'entra:one')
    await bindings.bind(account, 'entra:one')
    await expect(bindings.bind(account, 'entra:two')).rejects.toMatchObject(conflict)
    expect(await bindings.of(account)).toBe('entra:one')
    expect(await bindings.of({ team: 'T2', user: 'U1' })).toBeUndefined()
  })

  it('give a person one account in a team', async () => {
    const bindings = createBindings(pool, 'T1')
    await bindings.bind({ team: 'T1', user: 'U5' }, 'entra:five')
    await bindings.bind({ team: 'T2', user: 'U5' }, 'entra:five')
    await expect(bindings.bind({ team: 'T1', user: 'U6' }, 'entra:five')).rejects.toMatchObject(conflict)
    expect(await bindings.accountOf('entra:five')).toEqual({ team: 'T1', user: 'U5' })
    expect(await bindings.accountOf('entra:six')).toBeUndefined()
  })

  it('let one of two people win who meet at the same account', async () => {
    const bindings = createBindings(pool, 'T1')
    const account = { team: 'T1', user: 'URACE' }
    const outcomes = await Promise.allSettled([
      bindings.bind(account, 'entra:left'),
      bindings.bind(account, 'entra:right'),
    ])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})

function pinned(name: string): PinnedPolicy {
  const policy: PinnedPolicy['policy'] = {
    directory: 'entra',
    people: { helpdesk: { directoryGroup: 'Helpdesk' } },
    channels: { approvals: 'C1', security: 'C2' },
    applications: {},
    checks: {},
    defaults: {
      duration: 3600,
      answerWithin: 900,
      ping: { every: 300, backoff: 1.5 },
      claimWithin: 1800,
      delivery: { how: 'reveal', visible: 180 },
      reason: { atLeast: 10 },
      ticket: { pattern: '^(INC|REQ)[0-9]+$', required: false },
      followUp: { remind: [0, 3600] },
      watch: { first: 15, longest: 300 },
      revokeSessionsOnRevoke: true,
    },
    fraud: {
      atOnce: { subject: ['block'], helpdesk: [], security: [], somebody: [] },
      blocksPerHour: 3,
      takeWithin: 600,
      blockedFor: 86_400,
    },
    rules: [{ name, when: { kind: 'tap' }, refuse: 'No\0\uD800' }],
  }
  return { hash: createHash('sha256').update(canonical(policy)).digest('hex'), policy }
}

describe('policies', () => {
  const [current, former] = [pinned('today'), pinned('yesterday')]

  it('of former days are found by their hash, the current one without being adopted', async () => {
    await adopt(pool, former)
    await adopt(pool, former)
    const policies = createPolicies(pool, current)
    expect(policies.current()).toBe(current)
    expect(await policies.byHash(current.hash)).toBe(current)
    expect(await policies.byHash(former.hash)).toEqual(former)
    expect(await policies.byHash('c'.repeat(64))).toBeUndefined()
  })

  it('are not found when their row was changed', async () => {
    const changed = pinned('changed')
    await adopt(pool, changed)
    const weaker = canonical({ ...changed.policy, rules: [] })
    await as(
      database.ownerUrl,
      `update policy_version set body = '${weaker.replaceAll("'", "''")}' where hash = '${changed.hash}'`,
    )
    expect(await createPolicies(pool, current).byHash(changed.hash)).toBeUndefined()
  })

  it('are not adopted under a hash that is not theirs', async () => {
    await expect(adopt(pool, { ...former, hash: current.hash })).rejects.toThrow('canonical text')
  })
})

function revocation(reason: string): Envelope {
  const exceptionId = randomUUID()
  const by = actor('security', exceptionId)
  const said = { kind: 'revoke', body: { reason } } as const
  const statement = { v: 1, exceptionId, requestHash: 'b'.repeat(64), actor: by, at: noon, ...said } as const
  return { statement, keyId: 'k1', signature: `signature-of-${exceptionId}` }
}

describe('revocations', () => {
  it('are pending, oldest first and exactly as signed, until they are closed', async () => {
    const [first, second] = [revocation('lost\0 and \uD800'), revocation('second')]
    await createRevocations(pool).write(first, first.statement.exceptionId)
    await createRevocations(pool).write(first, first.statement.exceptionId)
    await createRevocations(pool).write(second, second.statement.exceptionId)
    const ids = [first, second].map(({ signature }) => createHash('sha256').update(signature).digest('hex'))
    const [id = ''] = ids
    expect(await pendingRevocations(pool)).toEqual([
      { id, exceptionId: first.statement.exceptionId, envelope: first, done: [] },
      { id: ids[1], exceptionId: second.statement.exceptionId, envelope: second, done: [] },
    ])
    await revocationDone(pool, id, 'credential-ended')
    await revocationDone(pool, id, 'credential-ended')
    expect((await pendingRevocations(pool)).map(({ done }) => done)).toEqual([['credential-ended'], []])
    await revocationDone(pool, id, 'closed')
    expect((await pendingRevocations(pool)).map((pending) => pending.id)).toEqual([ids[1]])
  })
})
