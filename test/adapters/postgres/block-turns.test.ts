import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createBlockTurns } from '../../../src/adapters/postgres/block-turns.ts'
import { createPool } from '../../../src/adapters/postgres/pool.ts'
import type { PersonId } from '../../../src/core/ids.ts'
import type { BlockTurn, BlockTurns } from '../../../src/core/fraud/ports.ts'
import { createDatabase, type TestDatabase } from '../../setup/postgres.ts'
import { as } from './as.ts'

let database: TestDatabase
let pool: Pool
let turns: BlockTurns

beforeAll(async () => {
  database = await createDatabase()
  pool = createPool(database.programUrl)
  turns = createBlockTurns(pool)
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const limit = 3
const noon = Date.parse('2026-11-23T12:00:00Z')
const minute = 60_000
const somebody = (): PersonId => `entra:${randomUUID()}`

/** Somebody who reports others; each report is of its own, about somebody else, at noon. */
function reporterOf(reporter = somebody()) {
  const turn = (more: Partial<BlockTurn> = {}): BlockTurn => ({
    id: randomUUID(),
    reporter,
    subject: somebody(),
    at: noon,
    ...more,
  })
  const ask = (more: Partial<BlockTurn> = {}) => turns.othersBefore(turn(more), limit)
  return { turn, ask }
}

it('reports that come together find one another, so that only so many block', async () => {
  const { ask } = reporterOf()
  const others = await Promise.all(Array.from({ length: 10 }, () => ask()))
  expect(others.toSorted((one, other) => one - other)).toEqual([
    0,
    1,
    2,
    ...Array.from({ length: 7 }, () => limit),
  ])
})

it('the same report finds the same, however often and late it is judged', async () => {
  const { ask, turn } = reporterOf()
  const [first, last] = [turn(), turn()]
  expect(await ask(first)).toBe(0)
  for (const _ of [1, 2]) await ask()
  expect(await ask(last)).toBe(limit)
  expect(await ask(first)).toBe(0)
  expect(await ask(last)).toBe(limit)
  expect(await turns.othersBefore(last, 100)).toBe(limit)
})

it('several reports about the same person count once, and not against one another', async () => {
  const { ask } = reporterOf()
  const subject = somebody()
  for (const _ of [1, 2, 3, 4]) expect(await ask({ subject })).toBe(0)
  expect(await ask()).toBe(1)
})

it('a report that blocked nobody counts against no other one', async () => {
  const { ask } = reporterOf()
  for (const at of [0, 1, 2]) await ask({ at: noon + at })
  for (const _ of [1, 2]) expect(await ask({ at: noon + 59 * minute })).toBe(limit)
  expect(await ask({ at: noon + 61 * minute })).toBe(0)
})

it('only the hour before counts, also where an earlier report is judged later, and only the own ones', async () => {
  const { ask } = reporterOf()
  await ask()
  expect(await ask({ at: noon - 59 * minute })).toBe(1)
  expect(await ask({ at: noon - 120 * minute })).toBe(0)
  expect(await reporterOf().ask()).toBe(0)
})

it('the programs take back no turn', async () => {
  const refused = { code: '42501' }
  await expect(as(database.programUrl, 'delete from block_turn')).rejects.toMatchObject(refused)
  await expect(as(database.programUrl, 'update block_turn set others = 0')).rejects.toMatchObject(refused)
  await expect(as(database.checkUrl, 'select from block_turn')).rejects.toMatchObject(refused)
})
