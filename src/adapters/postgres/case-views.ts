import type { Pool } from 'pg'
import type { CaseViews } from '../../core/ports.ts'
import { query } from './query.ts'
import { caseRow, typed } from './rows.schema.ts'

const newest = 'order by reported_at desc, case_id limit 50'

/** PostgreSQL answers anything else with an error, as if it were not there. */
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Reads of the cases that the ledger moves. */
export function createCaseViews(pool: Pool): CaseViews {
  const list: (where: string, values?: readonly string[]) => ReturnType<CaseViews['open']> = async (
    where,
    values = [],
  ) => {
    const rows = await query(pool, `select case_id, state from case_view where ${where} ${newest}`, values)
    return rows.map((row) => {
      const { case_id: caseId, state } = typed(caseRow, row)
      return { caseId, state }
    })
  }
  return {
    byId: async (id) => (uuid.test(id) ? (await list('case_id = $1', [id]))[0] : undefined),
    byPrefix: (letters) => list('starts_with(letters, $1)', [letters]),
    open: () => list(`status = 'open'`),
    openAbout: (subject) => list(`status = 'open' and subject = $1`, [subject]),
    async isOver(subject, reports) {
      const rows = await query(
        pool,
        `select from case_view where status = 'closed' and subject = $1
           and exists (select from jsonb_array_elements(state -> 'reporters') as one
             where one ->> 'signature' = any($2))`,
        [subject, reports],
      )
      return rows.length > 0
    },
  }
}
