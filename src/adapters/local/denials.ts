import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import type { PersonId } from '../../core/ids.ts'
import type { Denials } from '../../core/ports.ts'
import { query, transaction } from '../postgres/query.ts'
import { typed } from '../postgres/rows.schema.ts'
import type { CodeKeys } from './code-keys.ts'
import { idOnlyRow, userRow } from './local-rows.schema.ts'
import { lockUsers } from './standing.ts'

/** Denials in PostgreSQL, which the check reads with what it judges. */
export function createDenials(pool: Pool, keys: CodeKeys): Denials {
  return {
    async deny(subject, caseId) {
      const id = randomUUID()
      await query(
        pool,
        `insert into local_denial (id, case_id, subject, mac) values ($1, $2, $3, $4)
         on conflict (subject, case_id) do nothing`,
        [id, caseId, subject, keys.macOfDenial({ id, caseId, subject })],
      )
      await endOfChecks(pool, subject)
    },
    async allow(subject, caseId) {
      const select = 'select id from local_denial where subject = $1 and case_id = $2'
      for (const row of await query(pool, select, [subject, caseId])) {
        const { id } = typed(idOnlyRow, row)
        await query(
          pool,
          'insert into local_denial_end (denial_id, mac) values ($1, $2) on conflict do nothing',
          [id, keys.macOfDenialEnd({ id, caseId, subject })],
        )
      }
    },
  }
}

/**
 * Waits until the checks that are under way for this person are over. Whatever begins after the denial was committed sees
 * it, also where something was issued since; what began before holds the lock of the user.
 */
async function endOfChecks(pool: Pool, subject: PersonId): Promise<void> {
  const select = 'select distinct application, user_name from local_credential where subject = $1'
  const users = (await query(pool, select, [subject])).map((row) => typed(userRow, row))
  await transaction(pool, (session) =>
    lockUsers(
      session,
      users.map(({ application, user_name: userName }) => ({ application, userName })),
    ),
  )
}
