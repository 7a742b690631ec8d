import { Client, type Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLedger } from '../../../src/adapters/postgres/ledger.ts'
import { createPool } from '../../../src/adapters/postgres/pool.ts'
import { rebuild } from '../../../src/adapters/postgres/rebuild.ts'
import { createViews } from '../../../src/adapters/postgres/views.ts'
import { createDatabase, type TestDatabase } from '../../setup/postgres.ts'
import { as } from './as.ts'
import { chained, story } from './story.ts'

let database: TestDatabase
let pool: Pool
const [over, waiting, followed] = [story(), story(), story()]

beforeAll(async () => {
  database = await createDatabase()
  pool = createPool(database.programUrl)
  const ledger = createLedger(pool)
  await ledger.append(over.chain, chained(over.facts))
  await ledger.append(waiting.chain, chained(waiting.facts.slice(0, 3)))
  await ledger.append(followed.chain, chained(followed.facts))
  await ledger.append(followed.followUpChain, chained(followed.followUp.slice(0, 1)))
  await ledger.append(followed.followUpChain, chained(followed.followUp.slice(1), 2))
})

afterAll(async () => {
  await pool.end()
  await database.drop()
})

const rows = () => as(database.ownerUrl, 'select * from exception_view order by exception_id')

describe('rebuilding the projection', () => {
  it('gives the rows that appending gave, whatever stood there', async () => {
    const appended = await rows()
    expect(appended).toHaveLength(3)
    await as(database.ownerUrl, 'delete from exception_view')
    await rebuild(pool)
    expect(await rows()).toEqual(appended)
    await as(
      database.ownerUrl,
      `update exception_view set state = '{"status":"requested"}', status = 'requested', seq = 1,
         follow_up_status = 'open', follow_up_reminders = 9`,
    )
    await rebuild(pool)
    expect(await rows()).toEqual(appended)
  })

  it('counts reminders and closes the follow-up', async () => {
    const view = await createViews(pool).byId(followed.id)
    expect(view?.followUp).toEqual({ status: 'closed', reminders: 1 })
  })

  it('refuses bytes of a version that it does not know', async () => {
    const owner = new Client({ connectionString: database.ownerUrl })
    await owner.connect()
    const change = (byte: number) =>
      owner.query('update fact set bytes = set_byte(bytes, 0, $2) where chain = $1', [waiting.chain, byte])
    await change(2)
    await expect(rebuild(pool)).rejects.toMatchObject({ code: 'nonsense', status: 'version' })
    await change(1)
    await owner.end()
    await expect(rebuild(pool)).resolves.toBeUndefined()
  })

  it('takes what was erased out of the projection too, and leaves the rest of the story', async () => {
    await as(database.ownerUrl, `delete from detail where chain = '${over.chain}'`)
    await rebuild(pool)
    const view = await createViews(pool).byId(over.id)
    expect(JSON.stringify(view)).not.toMatch(/Sol Ortiz|Hana Desk|Mo Manager|the sea/)
    expect(view?.state).toMatchObject({
      status: 'ended',
      outcome: 'used',
      askedNames: '(erased)',
      request: { subject: over.subject, reason: '(erased)', subjectName: '(erased)' },
      approvals: [{ name: '(erased)' }],
    })
    const untouched = await createViews(pool).byId(followed.id)
    expect(untouched?.state.request.subjectName).toBe('Sol Ortiz')
  })

  it('lets facts be appended after an erasure', async () => {
    await as(database.ownerUrl, `delete from detail where chain = '${waiting.chain}'`)
    await createLedger(pool).append(waiting.chain, chained(waiting.facts))
    const view = await createViews(pool).byId(waiting.id)
    expect(view?.state).toMatchObject({ status: 'ended', approvals: [{ name: 'Mo Manager' }] })
    const left = await as(database.ownerUrl, `select seq from detail where chain = '${waiting.chain}'`)
    expect(left).toEqual([{ seq: 4 }])
  })
})
