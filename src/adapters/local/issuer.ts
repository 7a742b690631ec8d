import { randomBytes, randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { codeOf, codeSpelling, drawnLetters } from '../../core/local/code.ts'
import { whyNot, type Form } from '../../core/local/check.ts'
import { userNameKey } from '../../core/local/user-name.ts'
import type { Lease } from '../../core/exception/fact.ts'
import type { ExceptionId, PersonId } from '../../core/ids.ts'
import type { ProviderIssuer } from '../../core/ports.ts'
import { no, yes } from '../../core/result.ts'
import { Secret } from '../../core/secret.ts'
import { query, transaction } from '../postgres/query.ts'
import { typed } from '../postgres/rows.schema.ts'
import type { CodeKeys } from './code-keys.ts'
import { clockRow, userRow, type Issued } from './local-rows.schema.ts'
import { issuedTo, lockUsers, standingOf } from './standing.ts'

/** For whom, to what and for how long (seconds); `userName` as the application sends it. */
export type LocalOrder = {
  readonly exceptionId: ExceptionId
  readonly subject: PersonId
  readonly application: string
  readonly userName: string
  readonly form: Form
  readonly lifetime: number
}

/** Issues, extends and ends what Hallpass itself checks. Its lifetime is counted by the database's clock, to the millisecond. */
export type LocalIssuer = {
  issue(order: LocalOrder): Promise<{ readonly lease: Lease; readonly code: Secret | undefined }>
  /** As the port says. A check that is under way ends first: what it let in is not extended. */
  readonly extend: Extend
  /** Denied from now on; twice is once. A check that is under way ends first: what it let in can be seen afterwards. */
  end(credentialId: string): Promise<void>
}

type Extend = NonNullable<ProviderIssuer['extend']>

/** The issuer in PostgreSQL. Only an HMAC of the code rests. */
export function createLocalIssuer(pool: Pool, keys: CodeKeys): LocalIssuer {
  return {
    async issue(order) {
      const [row] = await query(pool, `select date_trunc('milliseconds', clock_timestamp()) as now`)
      const { now } = typed(clockRow, row)
      const code = order.form === 'code' ? newCode() : undefined
      const salt = randomBytes(16)
      const unsigned = {
        id: randomUUID(),
        exception_id: order.exceptionId,
        subject: order.subject,
        application: order.application,
        user_name: userNameKey(order.userName),
        form: order.form,
        salt,
        digest: code?.reveal((value) => keys.digest(salt, codeSpelling(value) ?? '')) ?? Buffer.alloc(0),
        created_at: now,
        expires_at: now + order.lifetime * 1000,
      }
      await insert(pool, { ...unsigned, mac: keys.mac(unsigned) })
      return { lease: { credentialId: unsigned.id, startsAt: now, expiresAt: unsigned.expires_at }, code }
    },
    extend: (...order) => extend(pool, keys, ...order),
    end: (credentialId) => endOnce(pool, keys, credentialId),
  }
}

async function extend(
  pool: Pool,
  keys: CodeKeys,
  ...[subject, credentialId, until]: Parameters<Extend>
): ReturnType<Extend> {
  return transaction(pool, async (session) => {
    const find = async () => (await issuedTo(session, subject)).find(({ id }) => id === credentialId)
    const unlocked = await find()
    if (unlocked === undefined) return no('over')
    await lockUsers(session, [{ application: unlocked.application, userName: unlocked.user_name }])
    const row = await find()
    if (row === undefined) return no('over')
    const standing = standingOf(keys, row)
    const because = whyNot(standing)
    if (because !== undefined) return no(because === 'used' ? 'used' : 'over')
    if (until <= standing.lease.expiresAt) return yes(standing.lease)
    await query(session, 'insert into local_extension (credential_id, expires_at, mac) values ($1, $2, $3)', [
      credentialId,
      new Date(until),
      keys.macOfExtension(credentialId, until),
    ])
    return yes({ ...standing.lease, expiresAt: until })
  })
}

async function endOnce(pool: Pool, keys: CodeKeys, credentialId: string): Promise<void> {
  await transaction(pool, async (session) => {
    const select = 'select application, user_name from local_credential where id::text = $1'
    const [row] = await query(session, select, [credentialId])
    if (row === undefined) return
    const { application, user_name: userName } = typed(userRow, row)
    await lockUsers(session, [{ application, userName }])
    const once = 'insert into local_end (credential_id, mac) values ($1, $2) on conflict do nothing'
    await query(session, once, [credentialId, keys.macOfEnd(credentialId)])
  })
}

function newCode(): Secret {
  return new Secret(codeOf(randomBytes(drawnLetters)))
}

const columns = [
  'id',
  'exception_id',
  'subject',
  'application',
  'user_name',
  'form',
  'salt',
  'digest',
  'created_at',
  'expires_at',
  'mac',
] as const

async function insert(pool: Pool, issued: Issued): Promise<void> {
  const row = { ...issued, created_at: new Date(issued.created_at), expires_at: new Date(issued.expires_at) }
  const places = columns.map((_, index) => `$${index + 1}`)
  await query(
    pool,
    `insert into local_credential (${columns.join(', ')}) values (${places.join(', ')})`,
    columns.map((column) => row[column]),
  )
}
