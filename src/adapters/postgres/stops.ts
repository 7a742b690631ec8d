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
    isStopped: async (exceptionId) => {
      const rows = await query(pool, 'select exception_id from stopped where exception_id = $1', [
        exceptionId,
      ])
      return rows.length > 0
    },
  }
}
