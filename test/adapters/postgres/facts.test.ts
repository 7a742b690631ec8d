import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFactViews } from '../../../src/adapters/postgres/facts.ts'
import { createLedger } from '../../../src/adapters/postgres/ledger.ts'
import { createPool } from '../../../src/adapters/postgres/pool.ts'
import { createViews } from '../../../src/adapters/postgres/views.ts'
import { createDatabase, type TestDatabase } from '../../setup/postgres.ts'
import { as } from './as.ts'
import { chained, story } from './story.ts'

let database: TestDatabase
let pool: Pool
const { id, chain, facts, followUpChain, followUp } = story()

beforeAll(async () => {
  database = await createDatabase()
  pool = createPool(database.programUrl)
  const ledger = createLedger(pool)
  await ledger.append(chain, chained(facts))
  await ledger.append(followUpChain, chained(followUp))
})

afterAll(async () => {
  await pool.end()
  await database.drop()
})

it('the facts tell what the projection tells, also after a program’s role wrote over the row', async () => {
  const told = await createViews(pool).byId(id)
  expect(await createFactViews(pool).byId(id)).toEqual(told)
  await as(
    database.programUrl,
    `update exception_view set state = jsonb_set(state, '{request,subject}', '"entra:somebody-else"')`,
  )
  expect(await createViews(pool).byId(id)).not.toEqual(told)
  expect(await createFactViews(pool).byId(id)).toEqual(told)
})

it('an exception without facts is not there', async () => {
  expect(await createFactViews(pool).byId(randomUUID())).toBeUndefined()
  expect(await createFactViews(pool).byId('none')).toBeUndefined()
})
