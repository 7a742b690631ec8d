import type { Pool } from 'pg'
import type { Intent, Intents } from '../../core/ports.ts'
import { query } from './query.ts'
import { intentRow, typed } from './rows.schema.ts'

/** The record of attempts to mint. The table refuses a fourth attempt of one exception. */
export function createIntents(pool: Pool): Intents {
  return {
    record: async ({ exceptionId, attempt, subject, claim, before, at, deadline }) => {
      const inserted = await query(
        pool,
        `insert into intent (exception_id, attempt, subject, claim, before, at, deadline)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning attempt`,
        [exceptionId, attempt, subject, claim, before, new Date(at), new Date(deadline)],
      )
      return inserted.length === 1
    },
    of: async (exceptionId) => {
      const rows = await query(pool, 'select * from intent where exception_id = $1 order by attempt', [
        exceptionId,
      ])
      return rows.map((row) => intentOf(row))
    },
  }
}

function intentOf(row: unknown): Intent {
  const { exception_id: exceptionId, ...intent } = typed(intentRow, row)
  return { exceptionId, ...intent }
}
