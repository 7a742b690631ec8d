import type { Pool } from 'pg'
import type { BlockTurns } from '../../core/fraud/ports.ts'
import { query, transaction } from './query.ts'
import { countRow, typed } from './rows.schema.ts'

/** Turns in PostgreSQL. The programs can insert rows and never take one back. */
export function createBlockTurns(pool: Pool): BlockTurns {
  return {
    othersBefore: async ({ id, reporter, subject, at }, limit) =>
      transaction(pool, async (session) => {
        // Reports of one person that come together are judged one after the other.
        await query(session, 'select pg_advisory_xact_lock(hashtextextended($1, 2))', [reporter])
        await query(
          session,
          `insert into block_turn (report_id, reporter, subject, reported_at, others)
           select $1, $2, $3, $4::timestamptz, count(distinct subject) from block_turn
           where reporter = $2 and subject <> $3 and others < $5
             and reported_at > $4::timestamptz - interval '1 hour'
             and reported_at < $4::timestamptz + interval '1 hour'
           on conflict (report_id) do nothing`,
          [id, reporter, subject, new Date(at), limit],
        )
        const select = 'select others as count from block_turn where report_id = $1'
        const [row] = await query(session, select, [id])
        return typed(countRow, row).count
      }),
  }
}
