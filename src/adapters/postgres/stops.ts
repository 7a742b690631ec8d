import type { Pool } from 'pg'
import type { Stops } from '../../core/ports.ts'
import { query } from './query.ts'

/** Exceptions that are stopped for good. The programs can insert rows and never take one back. */
export function createStops(pool: Pool): Stops {
  return {
    stop: async (exceptionId) => {
      await query(pool, 'insert into stopped (exception_id) values ($1) on conflict do nothing', [
        exceptionId,
      ])
    },
    endByWord: async (exceptionId) => {
      await query(
        pool,
        `with stop as (insert into stopped (exception_id) values ($1) on conflict do nothing)
         insert into ended_by_word (exception_id) values ($1) on conflict do nothing`,
        [exceptionId],
      )
    },
    isStopped: async (exceptionId) => {
      const rows = await query(pool, 'select from stopped where exception_id = $1', [exceptionId])
      return rows.length > 0
    },
    wasEndedByWord: async (exceptionId) => {
      const rows = await query(pool, 'select from ended_by_word where exception_id = $1', [exceptionId])
      return rows.length > 0
    },
  }
}
