import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Pool } from 'pg'
import { createDeliveries } from '../../../src/adapters/postgres/deliveries.ts'
import { createPool } from '../../../src/adapters/postgres/pool.ts'
import { createDatabase, type TestDatabase } from '../../setup/postgres.ts'

let database: TestDatabase
let pools: readonly Pool[]

beforeAll(async () => {
  database = await createDatabase()
  pools = [createPool(database.programUrl), createPool(database.programUrl)]
})
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()))
  await database.drop()
})

it('whoever hears of a delivery first says when that was, to all, however many hear of it at once', async () => {
  const calls = pools.flatMap((pool, index) =>
    [0, 1, 2].map((more) => createDeliveries(pool).firstSeen('command/T1/U1/1.2', 1_000 + index * 10 + more)),
  )
  const [first, ...others] = await Promise.all(calls)
  expect(first).toBeGreaterThanOrEqual(1_000)
  expect(others.every((at) => at === first)).toBe(true)
  expect(await createDeliveries(pools[0] as Pool).firstSeen('command/T1/U1/1.2', 9_000)).toBe(first)
})

it('another delivery is another one, and no name is stored', async () => {
  const deliveries = createDeliveries(pools[0] as Pool)
  expect(await deliveries.firstSeen('command/T1/U1/1.3', 2_000)).toBe(2_000)
  const { rows } = await (pools[0] as Pool).query('select * from slack_delivery')
  expect(JSON.stringify(rows)).not.toContain('U1')
})
