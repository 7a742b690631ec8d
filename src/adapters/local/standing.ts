import type { Standing } from '../../core/local/check.ts'
import type { Lease } from '../../core/exception/fact.ts'
import { prepared, query, type Session } from '../postgres/query.ts'
import type { CodeKeys } from './code-keys.ts'
import { isSame } from './secret-key.ts'
import { standingRow, type StandingRow } from './local-rows.schema.ts'

/** A user of an application, by the key of the name. */
export type User = { readonly application: string; readonly userName: string }

/** How many of a user's newest are looked at. */
export const mostCandidates = 4

/** How long something that is over is still known, so that a check can say why it is over. */
const knownAfter = '1 day'

const standing = `select c.id, c.exception_id, c.subject, c.application, c.user_name, c.form, c.salt, c.digest, c.created_at,
    c.expires_at, c.mac, clock_timestamp() as now, u.credential_id is not null as used, e.mac as end_mac,
    x.extended_to, x.extension_macs, n.denial_ids, n.denial_cases, n.denial_end_macs,
    (select count(*)::int from local_try t where t.counts and t.application = c.application
      and t.user_name = c.user_name and t.tried_at >= c.created_at) as wrong_tries
  from local_credential c left join local_use u on u.credential_id = c.id left join local_end e on e.credential_id = c.id
    cross join lateral (
      select coalesce(array_agg(expires_at), '{}') as extended_to, coalesce(array_agg(mac), '{}') as extension_macs,
        max(expires_at) as latest
      from local_extension where credential_id = c.id) x
    cross join lateral (
      select coalesce(array_agg(d.id::text), '{}') as denial_ids, coalesce(array_agg(d.case_id::text), '{}') as denial_cases,
        coalesce(array_agg(o.mac), '{}') as denial_end_macs
      from local_denial d left join local_denial_end o on o.denial_id = d.id where d.subject = c.subject) n`

const isKnown = `greatest(c.expires_at, x.latest) > clock_timestamp() - interval '${knownAfter}'`

/** The newest of what was issued to each of these users, newest first, with the time by the database's clock. */
export async function issuedFor(session: Session, users: readonly User[]): Promise<readonly StandingRow[]> {
  const rows = await prepared(
    session,
    `select newest.* from unnest($1::text[], $2::text[]) as asked (application, user_name) cross join lateral (
       ${standing} where c.application = asked.application and c.user_name = asked.user_name and ${isKnown}
       order by c.created_at desc limit ${mostCandidates}) newest
     order by newest.created_at desc`,
    [users.map(({ application }) => application), users.map(({ userName }) => userName)],
  )
  return readable(rows)
}

/** What was issued to a person and has not been ended, or was used all the same. */
export async function issuedTo(session: Session, subject: string): Promise<readonly StandingRow[]> {
  const rows = await query(
    session,
    `${standing} where c.subject = $1 and (e.credential_id is null or u.credential_id is not null) and ${isKnown}
     order by c.created_at desc`,
    [subject],
  )
  return readable(rows)
}

/** Until the transaction ends, nothing else is judged, extended or ended for these users. */
export async function lockUsers(session: Session, users: readonly User[]): Promise<void> {
  // In the order of the locks themselves, so that two who lock the same users never wait for each other.
  await prepared(
    session,
    `select pg_advisory_xact_lock(key) from (
       select distinct hashtextextended(name, 1) as key from unnest($1::text[]) as name order by key) as keys`,
    [users.map(({ application, userName }) => `${application}/${userName}`)],
  )
}

/** What a row, its end and its extensions come to. The latest expiry that Hallpass itself wrote is in force. */
export function standingOf(keys: CodeKeys, row: StandingRow): Standing & { readonly lease: Lease } {
  const extensions = row.extended_to.filter((until, index) =>
    isSame(keys.macOfExtension(row.id, until), row.extension_macs[index] ?? Buffer.alloc(0)),
  )
  const expiresAt = Math.max(row.expires_at, ...extensions)
  return {
    id: row.id,
    exceptionId: row.exception_id,
    subject: row.subject,
    form: row.form,
    isGenuine:
      isSame(keys.mac(row), row.mac) &&
      (row.end_mac === null || isSame(keys.macOfEnd(row.id), row.end_mac)) &&
      extensions.length === row.extended_to.length,
    isExpired: expiresAt <= row.now,
    isUsed: row.used,
    isEnded: row.end_mac !== null,
    isDenied: isDenied(keys, row),
    wrongTries: row.wrong_tries,
    lease: { credentialId: row.id, startsAt: row.created_at, expiresAt },
  }
}

/** Whether a denial is without an end that Hallpass itself wrote. Who wrote the denial does not matter. */
function isDenied(keys: CodeKeys, row: StandingRow): boolean {
  const ended = row.denial_ids.filter((id, index) => {
    const [caseId, mac] = [row.denial_cases[index] ?? '', row.denial_end_macs[index] ?? Buffer.alloc(0)]
    return isSame(keys.macOfDenialEnd({ id, caseId, subject: row.subject }), mac)
  })
  return row.denial_ids.some((id) => !ended.includes(id))
}

/** A row that can't be read was written by somebody else, and must not stand in the way of the others. */
function readable(rows: readonly unknown[]): readonly StandingRow[] {
  return rows.flatMap((row) => standingRow.safeParse(row).data ?? [])
}
