import type { Pool } from 'pg'
import {
  approvalRow,
  caseRow,
  checkRow,
  exceptionRow,
  followUpRow,
  outboxRow,
  overdueRow,
} from './figures.schema.ts'
import { query } from './query.ts'
import { typed } from './rows.schema.ts'

/** Upper bounds of the time to approval; seconds. */
export const approvalBounds = [30, 60, 120, 300, 600, 900, 1800, 3600] as const

/** What ends or is asked late is late by at least this; a look at the provider may take minutes. Milliseconds. */
const grace = 10 * 60_000
/** A follow-up that is open so long after its last reminder is overdue; milliseconds. */
const afterReminders = 24 * 3_600_000

/** What the records say at this moment, in numbers. */
export type Figures = Awaited<ReturnType<typeof readFigures>>

/** Reads them, one statement after the other: a scrape takes one connection and no more. */
export async function readFigures(pool: Pool, now: number) {
  const exceptions = await query(
    pool,
    `select kind, status, outcome, count(*) from exception_view group by 1, 2, 3`,
  )
  const approvals = await query(pool, approvalTimes, [[...approvalBounds]])
  const overdue = await query(pool, overdueExceptions, [now - grace])
  const [followUps] = await query(pool, followUpCounts, [now - afterReminders])
  const [cases] = await query(pool, caseCounts)
  const [outbox] = await query(pool, outboxCounts)
  const [checks] = await query(pool, checkCounts)
  return {
    exceptions: exceptions.map((row) => typed(exceptionRow, row)),
    approvals: approvals.map((row) => typed(approvalRow, row)),
    overdue: overdue.map((row) => typed(overdueRow, row)),
    followUps: typed(followUpRow, followUps),
    cases: typed(caseRow, cases),
    outbox: typed(outboxRow, outbox),
    checks: typed(checkRow, checks),
  }
}

const approvalTimes = `
  select kind, width_bucket(approved_after, $1::numeric[]) as bucket, count(*), sum(approved_after) as seconds
  from exception_view
  where approved_after is not null
  group by 1, 2`

/** Whatever should have come to its next state by its own clock. */
const overdueExceptions = `
  select kind, status, count(*)
  from exception_view
  where status <> 'ended' and $1::numeric > case status
    when 'requested' then (state->'request'->>'requestedAt')::numeric
    when 'waiting' then (state->>'until')::numeric
    when 'approved' then (state->>'claimUntil')::numeric
    else coalesce((state->'lease'->>'expiresAt')::numeric, (state->>'claimUntil')::numeric)
  end
  group by 1, 2`

const followUpCounts = `
  select
    count(*) filter (where follow_up_status = 'open') as open,
    count(*) filter (
      where follow_up_status = 'open' and status = 'ended'
        and (state->>'endedAt')::numeric + 1000 * coalesce((state->'plan'->'remind'->>-1)::numeric, 0) < $1
    ) as overdue,
    coalesce(sum(follow_up_reminders), 0) as reminders
  from exception_view`

const caseCounts = `
  select
    count(*) as reported,
    count(*) filter (where status = 'open' and state->'taken' is not null) as taken,
    count(*) filter (where status = 'open' and state->'taken' is null) as untaken,
    coalesce(
      extract(epoch from now() - min(reported_at) filter (where status = 'open' and state->'taken' is null)), 0
    ) as waiting_seconds
  from case_view`

/** Every no has a row with the next number; counting them would take as long as there are floods of them. */
const checkCounts = `
  select (select count(*) from local_use) as let_in, (select coalesce(max(id), 0) from local_try) as refused`

/** What was signed and written down, and is not carried out yet. */
const outboxCounts = `
  select
    count(*) as revocations,
    coalesce(extract(epoch from now() - min(written_at)), 0) as oldest_seconds,
    (select count(*) from fraud_signal as signal
     where not exists (select from fraud_signal_done where signal_id = signal.id)) as signals
  from revocation
  where not exists (select from revocation_step where revocation_id = id and step = 'closed')`
