import type { Session } from '../postgres/query.ts'
import { query } from '../postgres/query.ts'
import { standingRow, type StandingRow } from './local-rows.schema.ts'

/** How long something that is over is still known, so that a check can say why it is over. */
const knownAfter = '1 day'

const columns = `c.id, c.exception_id, c.subject, c.application, c.user_name, c.form, c.salt, c.digest, c.created_at,
  c.expires_at, c.mac, c.expires_at <= clock_timestamp() as expired, u.credential_id is not null as used,
  e.credential_id is not null as ended,
  e.mac as end_mac,
  (select count(*)::int from local_try t where t.counts and t.application = c.application
    and t.user_name = c.user_name and t.tried_at >= c.created_at) as wrong_tries`

const joins = `local_credential c left join local_use u on u.credential_id = c.id
  left join local_end e on e.credential_id = c.id`

/** The newest of what was issued to a user of an application, at most so many, judged by the database's clock. */
export async function issuedFor(
  session: Session,
  application: string,
  userName: string,
  most: number,
): Promise<readonly StandingRow[]> {
  const rows = await query(
    session,
    `select ${columns} from ${joins} where c.application = $1 and c.user_name = $2
       and c.expires_at > clock_timestamp() - interval '${knownAfter}' order by c.created_at desc limit $3`,
    [application, userName, most],
  )
  return readable(rows)
}

/** What was issued to a person and has not been ended, or was used all the same. */
export async function issuedTo(session: Session, subject: string): Promise<readonly StandingRow[]> {
  const rows = await query(
    session,
    `select ${columns} from ${joins} where c.subject = $1 and (e.credential_id is null or u.credential_id is not null)
       and c.expires_at > clock_timestamp() - interval '${knownAfter}' order by c.created_at desc`,
    [subject],
  )
  return readable(rows)
}

/** Until the transaction ends, nothing else is judged or ended for this user of an application. */
export async function lockUser(session: Session, application: string, userName: string): Promise<void> {
  await query(session, 'select pg_advisory_xact_lock(hashtextextended($1, 1))', [
    `${application}/${userName}`,
  ])
}

/** A row that can't be read was written by somebody else, and must not stand in the way of the others. */
function readable(rows: readonly unknown[]): readonly StandingRow[] {
  return rows.flatMap((row) => standingRow.safeParse(row).data ?? [])
}
