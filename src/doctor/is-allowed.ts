import type { Pool } from 'pg'
import { postgresFault } from '../adapters/postgres/fault.ts'
import { query } from '../adapters/postgres/query.ts'
import { Fault } from '../core/fault.ts'

/**
 * Whether this role may do it. It is tried, and taken back whatever comes: a list of granted rights lacks what comes by another
 * way.
 */
export async function isAllowed(pool: Pool, statement: string): Promise<boolean> {
  const client = await pool.connect().catch((error: unknown) => {
    throw postgresFault(error)
  })
  try {
    await query(client, 'begin')
    await query(client, statement)
    return true
  } catch (error) {
    if (error instanceof Fault && error.status === '42501') return false
    throw error
  } finally {
    await query(client, 'rollback').catch(() => undefined)
    client.release()
  }
}
