import type { Pool } from 'pg'
import { query } from './query.ts'
import { instantRow, typed } from './rows.schema.ts'

/** When a policy was first used here, in epoch milliseconds; `null` when it never was. */
export async function policySince(pool: Pool, hash: string): Promise<number | null> {
  const [row] = await query(pool, 'select adopted_at as at from policy_version where hash = $1', [hash])
  return row === undefined ? null : typed(instantRow, row).at
}

/** When one of these clients of the check last got an answer; undefined when none ever did. */
export async function lastChecked(pool: Pool, clients: readonly string[]): Promise<number | undefined> {
  const rows = await query(
    pool,
    `select newest.at from unnest($1::text[]) as chain
     cross join lateral (
       select recorded_at as at from fact where fact.chain = chain.chain order by seq desc limit 1
     ) as newest`,
    [clients.map((client) => `check/${client}`)],
  )
  const times = rows.map((row) => typed(instantRow, row).at)
  return times.length === 0 ? undefined : Math.max(...times)
}
