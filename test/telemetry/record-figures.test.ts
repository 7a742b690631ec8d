import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFigures } from '../../src/adapters/postgres/figures.ts'
import { createLedger } from '../../src/adapters/postgres/ledger.ts'
import { createPool } from '../../src/adapters/postgres/pool.ts'
import { createRecordFigures } from '../../src/telemetry/record-figures.ts'
import { actor, chained, noon, requested, story } from '../adapters/postgres/story.ts'
import { createDatabase, type TestDatabase } from '../setup/postgres.ts'

let database: TestDatabase
let pool: Pool

/** One that was approved after 3 s and used, one that waits for its first look, one whose code is out until `noon` and 11 minutes. */
beforeAll(async () => {
  database = await createDatabase()
  pool = createPool(database.programUrl)
  const ledger = createLedger(pool)
  const whole = story()
  await ledger.append(whole.chain, chained(whole.facts))
  await ledger.append(whole.followUpChain, chained(whole.followUp.slice(0, 2)))
  const asked = randomUUID()
  await ledger.append(
    `exception/${asked}`,
    chained([requested(asked, 'entra:other', actor('requester', asked), noon)]),
  )
  const shown = story()
  await ledger.append(shown.chain, chained(shown.facts.slice(0, 5)))
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const minutes = 60_000
const hours = 60 * minutes
const overdue = async (now: number) => (await readFigures(pool, now)).overdue
const textAt = async (now: number): Promise<string> => createRecordFigures(pool, () => now)()

describe('the figures of the records', () => {
  it('count what ended by its outcome, and what is open by its status', async () => {
    const text = await textAt(noon)
    expect(text).toContain('hallpass_requests_total{kind="tap",outcome="used"} 1')
    expect(text).toContain('hallpass_exceptions_open{kind="tap",status="requested"} 1')
    expect(text).toContain('hallpass_exceptions_open{kind="tap",status="active"} 1')
    expect(text).toContain('hallpass_exceptions_open{kind="bypass",status="active"} 0')
  })

  it('count what is overdue by its own clock, ten minutes late', async () => {
    expect(await overdue(noon + 9 * minutes)).toEqual([])
    expect(await overdue(noon + 11 * minutes)).toEqual([{ kind: 'tap', status: 'requested', count: 1 }])
    expect(await overdue(noon + 20 * minutes)).toHaveLength(1)
    expect(await overdue(noon + 22 * minutes)).toHaveLength(2)
    expect(await textAt(noon + 22 * minutes)).toContain(
      'hallpass_exceptions_overdue{kind="tap",status="active"} 1',
    )
  })

  it('measure the time to approval', async () => {
    const text = await textAt(noon)
    expect(text).toContain('hallpass_time_to_approval_seconds_bucket{kind="tap",le="30"} 2')
    expect(text).toContain('hallpass_time_to_approval_seconds_bucket{kind="tap",le="+Inf"} 2')
    expect(text).toContain('hallpass_time_to_approval_seconds_sum{kind="tap"} 6')
    expect(text).toContain('hallpass_time_to_approval_seconds_count{kind="bypass"} 0')
  })

  it('leave out a state of another shape, which is written all the same', async () => {
    const shapes = [
      { approvals: 7 },
      { approvals: [], plan: { needed: 'one' } },
      { approvals: [{}], plan: { needed: 1 } },
    ]
    for (const state of shapes)
      await pool.query(
        `insert into exception_view (exception_id, display_id, letters, kind, status, subject, requester, requested_at, state, seq)
         values (gen_random_uuid(), 'TAP-0000-0000', '00000000', 'tap', 'ended', 's', 'r', now(), $1, 1)`,
        [{ status: 'ended', outcome: 'odd', ...state }],
      )
    const { exceptions, approvals } = await readFigures(pool, noon)
    expect(exceptions).toContainEqual({ kind: 'tap', status: 'ended', outcome: 'odd', count: 3 })
    expect(approvals.reduce((sum, { count }) => sum + count, 0)).toBe(2)
  })

  it('count reminders, and follow-ups whose last reminder was due a day ago', async () => {
    expect((await readFigures(pool, noon)).followUps).toEqual({ open: 1, overdue: 0, reminders: 1 })
    expect((await readFigures(pool, noon + 26 * hours)).followUps).toMatchObject({ open: 1, overdue: 1 })
  })

  it('say how long a signed revocation waits, until it is closed', async () => {
    await pool.query(
      `insert into revocation (id, exception_id, envelope, written_at)
       values ('r1', gen_random_uuid(), '{}', now() - interval '5 minutes'), ('r2', gen_random_uuid(), '{}', now())`,
    )
    const { outbox } = await readFigures(pool, noon)
    expect(outbox.revocations).toBe(2)
    expect(outbox.oldest_seconds).toBeGreaterThan(299)
    await pool.query(
      `insert into revocation_step (revocation_id, step) values ('r1', 'credential-ended'), ('r1', 'closed')`,
    )
    expect((await readFigures(pool, noon)).outbox).toMatchObject({ revocations: 1 })
  })

  it('are read once for all who ask at the same time, and again later', async () => {
    let now = noon
    const read = createRecordFigures(pool, () => now)
    const first = await read()
    await pool.query(`insert into local_try (application, user_name, counts) values ('vpn', 'dana', true)`)
    expect(await read()).toBe(first)
    now += 11_000
    expect(await read()).toContain('hallpass_checks_total{result="refused"} 1')
  })
})

it('without PostgreSQL a scrape says so, and nothing else', async () => {
  const away = createPool('postgres://nobody:none@127.0.0.1:1/none')
  const text = await createRecordFigures(away)()
  expect(text).toMatch(/^hallpass_postgres_up 0$/m)
  expect(text).toMatch(/^hallpass_records_read 0$/m)
  expect(text).not.toContain('hallpass_exceptions_open')
  await away.end()
})
