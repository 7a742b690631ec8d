import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCheckLog } from '../../../src/adapters/local/check-log.ts'
import { createPool } from '../../../src/adapters/postgres/pool.ts'
import { createDatabase, type TestDatabase } from '../../setup/postgres.ts'

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

const fact = (at: number) =>
  ({ at, type: 'let-in', application: 'vpn', address: '10.0.0.1', details: { userName: 'dana' } }) as const

it('two writers that write at once keep one whole chain', async () => {
  const logs = [createCheckLog(pool), createCheckLog(pool)]
  await Promise.all(
    Array.from({ length: 200 }, async (_, index) => logs[index % 2]?.record('gateway', fact(index))),
  )
  const { rows } = await pool.query(
    `select count(*)::int as facts, max(seq) as last, bool_and(hash = sha256(previous || bytes)) as whole from (
       select seq, hash, bytes, coalesce(lag(hash) over (order by seq), decode(repeat('00', 32), 'hex')) as previous
       from fact where chain = 'check/gateway') as link`,
  )
  expect(rows).toEqual([{ facts: 200, last: 200, whole: true }])
})

it('a fact that could not be written is no fact, and the next one is written', async () => {
  const broken = createPool('postgres://nobody@127.0.0.1:1/nothing')
  await expect(createCheckLog(broken).record('gateway', fact(1))).rejects.toThrow('postgres')
  await broken.end()
  await createCheckLog(pool).record('other', fact(1))
})
