import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLedger } from '../../../src/adapters/postgres/ledger.ts'
import { migrate } from '../../../src/adapters/postgres/migrate.ts'
import { createPool } from '../../../src/adapters/postgres/pool.ts'
import { createDatabase, type TestDatabase } from '../../setup/postgres.ts'
import { as, createErasureRole } from './as.ts'
import { chained, story } from './story.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createDatabase()
  await createErasureRole(database.superuserUrl)
  await migrate({ ownerUrl: database.ownerUrl, installation: 'sandbox' })
  const { chain, facts } = story()
  const pool = createPool(database.programUrl)
  await createLedger(pool).append(chain, chained(facts))
  await pool.end()
})

afterAll(() => database.drop())

const refused = { code: '42501' }

const erasure = (statement: string) => as(database.superuserUrl, statement, 'hallpass_erasure')

const everyTable = [
  'fact',
  'detail',
  'intent',
  'policy_version',
  'revocation',
  'revocation_step',
  'slack_binding',
  'card',
  'exception_view',
  'installation',
  'migration',
]

/** A column of each table that may never change. */
const columns = {
  fact: 'bytes',
  detail: 'body',
  intent: 'before',
  policy_version: 'body',
  revocation: 'envelope',
  revocation_step: 'step',
  slack_binding: 'person',
  installation: 'kind',
  migration: 'name',
}

describe('the role of the programs', () => {
  it.each(Object.entries(columns))('can not change %s', async (table, column) => {
    await expect(as(database.programUrl, `update ${table} set ${column} = ${column}`)).rejects.toMatchObject(
      refused,
    )
  })

  it.each(everyTable)('can neither delete from %s nor empty it', async (table) => {
    await expect(as(database.programUrl, `delete from ${table}`)).rejects.toMatchObject(refused)
    await expect(as(database.programUrl, `truncate ${table} cascade`)).rejects.toMatchObject(refused)
  })

  it('can not mark a database, nor create or change tables', async () => {
    const kind = `insert into installation (one, kind) values (false, 'production')`
    await expect(as(database.programUrl, kind)).rejects.toMatchObject(refused)
    await expect(as(database.programUrl, 'create table mine (id integer)')).rejects.toMatchObject(refused)
    await expect(as(database.programUrl, 'alter table fact drop column hash')).rejects.toMatchObject(refused)
    await expect(as(database.programUrl, 'alter table fact disable trigger all')).rejects.toMatchObject(
      refused,
    )
  })

  it('loses a right that somebody gave it when migrate runs again', async () => {
    await as(database.ownerUrl, 'grant delete on fact to hallpass_app')
    await migrate({ ownerUrl: database.ownerUrl, installation: 'sandbox' })
    await expect(as(database.programUrl, 'delete from fact')).rejects.toMatchObject(refused)
  })
})

describe('the erasure role', () => {
  it('can delete details, and can not read what it deletes', async () => {
    await expect(erasure('select body from detail')).rejects.toMatchObject(refused)
    await expect(erasure('delete from detail where seq = 1')).resolves.toEqual([])
    expect(await as(database.programUrl, 'select seq from detail order by seq')).not.toContainEqual({
      seq: 1,
    })
  })

  it.each(everyTable.filter((table) => table !== 'detail'))('can not touch %s', async (table) => {
    await expect(erasure(`delete from ${table}`)).rejects.toMatchObject(refused)
    await expect(erasure(`select * from ${table}`)).rejects.toMatchObject(refused)
  })
})
