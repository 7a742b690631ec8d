import { createHash, randomUUID } from 'node:crypto'
import { Client, type Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLedger } from '../../../src/adapters/postgres/ledger.ts'
import { createPool } from '../../../src/adapters/postgres/pool.ts'
import { createViews } from '../../../src/adapters/postgres/views.ts'
import type { Ledger } from '../../../src/core/ports.ts'
import { createDatabase, type TestDatabase } from '../../setup/postgres.ts'
import { actor, chained, noon, requested, story } from './story.ts'

let database: TestDatabase
let pool: Pool
let ledger: Ledger

beforeAll(async () => {
  database = await createDatabase()
  pool = createPool(database.programUrl)
  ledger = createLedger(pool)
})

afterAll(async () => {
  await pool.end()
  await database.drop()
})

type Row = { readonly seq: number; readonly bytes: Buffer; readonly hash: Buffer }

const chainOf = async (chain: string): Promise<readonly Row[]> =>
  (await pool.query<Row>('select seq, bytes, hash from fact where chain = $1 order by seq', [chain])).rows

const conflict = { service: 'postgres', code: 'conflict', status: 'ledger' }
const gap = { service: 'postgres', code: 'unavailable', status: 'gap' }

describe('appending', () => {
  it('chains each fact to the one before it', async () => {
    const { chain, facts } = story()
    await ledger.append(chain, chained(facts.slice(0, 3)))
    await ledger.append(chain, chained(facts.slice(3), 4))
    const rows = await chainOf(chain)
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7])
    let previous = Buffer.alloc(32)
    for (const { bytes, hash } of rows) {
      previous = createHash('sha256').update(previous).update(bytes).digest()
      expect(hash).toEqual(previous)
    }
  })

  it('keeps names and reasons out of the bytes that can never be erased', async () => {
    const { chain, facts } = story()
    await ledger.append(chain, chained(facts))
    const text = Buffer.concat((await chainOf(chain)).map(({ bytes }) => bytes)).toString()
    expect(text).toContain('"type":"requested"')
    expect(text).not.toMatch(/Sol Ortiz|Hana Desk|Mo Manager|the sea/)
  })

  it('takes the same facts again without writing them again', async () => {
    const { id, chain, facts } = story()
    await ledger.append(chain, chained(facts.slice(0, 3)))
    const before = await chainOf(chain)
    await ledger.append(chain, chained(facts.slice(0, 3)))
    await ledger.append(chain, chained(facts.slice(1, 2), 2))
    expect(await chainOf(chain)).toEqual(before)
    expect((await createViews(pool).byId(id))?.state).toMatchObject({ status: 'waiting', pings: 0 })
  })

  it('takes a batch of which the first part is there already', async () => {
    const { id, chain, facts } = story()
    await ledger.append(chain, chained(facts.slice(0, 3)))
    await ledger.append(chain, chained(facts.slice(1), 2))
    expect(await chainOf(chain)).toHaveLength(facts.length)
    const state = (await createViews(pool).byId(id))?.state
    expect(state).toMatchObject({ status: 'ended', outcome: 'used' })
    expect(Object.values(state?.refusedAttempts ?? {})).toEqual([1])
  })

  it('refuses other bytes under a known number, and writes nothing of that batch', async () => {
    const { id, chain, facts } = story()
    await ledger.append(chain, chained(facts.slice(0, 2)))
    const before = [await chainOf(chain), await createViews(pool).byId(id)]
    const forged = chained([
      ...facts.slice(0, 1),
      { type: 'withdrawn', at: noon, by: actor('x', id) },
      ...facts.slice(2),
    ])
    await expect(ledger.append(chain, forged)).rejects.toMatchObject(conflict)
    expect([await chainOf(chain), await createViews(pool).byId(id)]).toEqual(before)
  })

  it('refuses other details under a known number, although they are not in the bytes', async () => {
    const { id, chain, subject } = story()
    const fact = requested(id, subject, actor('requester', id), noon)
    await ledger.append(chain, chained([fact]))
    const [same] = chained([fact])
    const otherSalt = same === undefined ? [] : [{ ...same, salt: 'f'.repeat(32) }]
    await expect(ledger.append(chain, otherSalt)).rejects.toMatchObject(conflict)
  })

  it('refuses a gap at the beginning, between two batches and inside one', async () => {
    const { chain, facts } = story()
    await expect(ledger.append(chain, chained(facts.slice(1), 2))).rejects.toMatchObject(gap)
    await ledger.append(chain, chained(facts.slice(0, 1)))
    await expect(ledger.append(chain, chained(facts.slice(2), 3))).rejects.toMatchObject(gap)
    const [first, , third] = chained(facts)
    const holed = [first, third].filter((fact) => fact !== undefined)
    await expect(ledger.append(chain, holed)).rejects.toMatchObject(gap)
    expect(await chainOf(chain)).toHaveLength(1)
  })

  it('lets writers that append the same facts at the same time write them once', async () => {
    const { chain, facts } = story()
    await Promise.all(Array.from({ length: 8 }, () => ledger.append(chain, chained(facts))))
    expect(await chainOf(chain)).toHaveLength(facts.length)
  })

  it('lets one of two writers with different facts win whole', async () => {
    const { id, chain, facts } = story()
    const other = [...facts.slice(0, 2), { type: 'withdrawn', at: noon, by: actor('requester', id) } as const]
    const outcomes = await Promise.allSettled([
      ledger.append(chain, chained(facts)),
      ledger.append(chain, chained(other)),
    ])
    const refused = outcomes.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(1)
    expect(refused).toMatchObject([{ reason: conflict }])
    expect([facts.length, other.length]).toContain((await chainOf(chain)).length)
  })

  it('takes characters that the database can not keep in its own JSON', async () => {
    const { id, chain, subject } = story()
    const plain = requested(id, subject, actor('requester', id), noon)
    const reason = 'lost\0 and \uD800 found \u{1F4F1}'
    const fact = { ...plain, details: { reason, subjectName: 'S', requesterName: 'R' } } as typeof plain
    await ledger.append(chain, chained([fact]))
    const view = await createViews(pool).byId(id)
    expect(view?.state.request.reason).toBe('lost\uFFFD and \uFFFD found \u{1F4F1}')
    const { rows } = await pool.query<{ body: Buffer }>('select body from detail where chain = $1', [chain])
    expect(JSON.parse(String(rows[0]?.body))).toMatchObject({ reason })
  })

  it('refuses a salt that could be guessed, and a chain that nobody writes', async () => {
    const { id, chain, facts } = story()
    const [first] = chained(facts)
    const weak = first === undefined ? [] : [{ ...first, salt: 'abcd' }]
    await expect(ledger.append(chain, weak)).rejects.toThrow('16 bytes')
    await expect(ledger.append(`story/${id}`, chained(facts))).rejects.toThrow('alarm/<uuid>')
  })

  it('keeps alarms in chains of their own that have no projection', async () => {
    const id = randomUUID()
    const alarm = { type: 'alarm', at: noon, about: `exception/${id}`, what: 'forged-grant' } as const
    await ledger.append(`alarm/${id}`, chained([alarm]))
    expect(await chainOf(`alarm/${id}`)).toHaveLength(1)
    expect(await createViews(pool).byId(id)).toBeUndefined()
    await expect(ledger.append(`exception/${id}`, chained([alarm]))).rejects.toThrow(TypeError)
    expect(await chainOf(`exception/${id}`)).toEqual([])
  })

  it('refuses a follow-up to an exception that is not there', async () => {
    const { followUpChain, followUp } = story()
    await expect(ledger.append(followUpChain, chained(followUp))).rejects.toMatchObject({ code: 'missing' })
    expect(await chainOf(followUpChain)).toEqual([])
  })
})

describe('whether the ledger can be written', () => {
  it('is yes for the role of the programs', async () => {
    await expect(ledger.writable()).resolves.toBeUndefined()
  })

  it('is no on a read-only connection, and without the right to insert', async () => {
    const readOnly = createPool(`${database.programUrl}&options=-c%20default_transaction_read_only%3Don`)
    await expect(createLedger(readOnly).writable()).rejects.toMatchObject({ status: 'read-only' })
    await readOnly.end()
    const owner = new Client({ connectionString: database.ownerUrl })
    await owner.connect()
    await owner.query('revoke insert on intent from hallpass_app')
    await expect(ledger.writable()).rejects.toMatchObject({ code: 'unavailable' })
    await owner.query('grant insert on intent to hallpass_app')
    await owner.end()
    await expect(ledger.writable()).resolves.toBeUndefined()
  })

  it('is no when nothing answers', async () => {
    const nobody = createPool('postgresql://hallpass_app:secret@127.0.0.1:1/hallpass')
    const refused = createLedger(nobody).writable()
    await expect(refused).rejects.toMatchObject({ code: 'unavailable', status: 'ECONNREFUSED' })
    await nobody.end()
  })
})
