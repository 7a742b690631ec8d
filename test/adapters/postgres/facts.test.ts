import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFactViews } from '../../../src/adapters/postgres/facts.ts'
import { createLedger } from '../../../src/adapters/postgres/ledger.ts'
import { createPool } from '../../../src/adapters/postgres/pool.ts'
import { createViews } from '../../../src/adapters/postgres/views.ts'
import type { Fact } from '../../../src/core/exception/fact.ts'
import { createDatabase, type TestDatabase } from '../../setup/postgres.ts'
import { as } from './as.ts'
import { chained, story, type Story } from './story.ts'

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

it('the facts know what belongs together, however far apart, and nothing of anybody else', async () => {
  const [first, second, third, other] = [story(), story(), story(), story()]
  const extending = (one: Story, before: Story): readonly Fact[] =>
    one.facts.map((fact) =>
      fact.type === 'requested' ? { ...fact, subject: first.subject, extends: before.id } : fact,
    )
  const ledger = createLedger(pool)
  await ledger.append(first.chain, chained(first.facts))
  await ledger.append(second.chain, chained(extending(second, first)))
  await ledger.append(third.chain, chained(extending(third, second)))
  await ledger.append(other.chain, chained(other.facts))
  const views = createFactViews(pool)
  const idsOf = async (one: Story) =>
    (await views.family(one.id)).map(({ exceptionId }) => exceptionId).toSorted()
  const together = [first.id, second.id, third.id].toSorted()
  expect(await idsOf(first)).toEqual(together)
  expect(await idsOf(second)).toEqual(together)
  expect(await idsOf(third)).toEqual(together)
  expect(await idsOf(other)).toEqual([other.id])
})
