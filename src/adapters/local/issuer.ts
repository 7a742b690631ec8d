import { randomBytes, randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { codeOf, codeSpelling, drawnLetters } from '../../core/local/code.ts'
import type { Form } from '../../core/local/check.ts'
import type { Lease } from '../../core/exception/fact.ts'
import type { ExceptionId, PersonId } from '../../core/ids.ts'
import { Secret } from '../../core/secret.ts'
import { query } from '../postgres/query.ts'
import { typed } from '../postgres/rows.schema.ts'
import type { CodeKeys } from './code-keys.ts'
import { clockRow, type Issued } from './local-rows.schema.ts'

/** For whom, to what and for how long (seconds); `userName` as the application sends it. */
export type LocalOrder = {
  readonly exceptionId: ExceptionId
  readonly subject: PersonId
  readonly application: string
  readonly userName: string
  readonly form: Form
  readonly lifetime: number
}

/** Issues and ends what Hallpass itself checks. Its lifetime is counted by the database's clock, to the millisecond. */
export type LocalIssuer = {
  issue(order: LocalOrder): Promise<{ readonly lease: Lease; readonly code: Secret | undefined }>
  /** Denied from now on; twice is once. */
  end(credentialId: string): Promise<void>
}

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
    async end(credentialId) {
      await query(pool, 'insert into local_end (credential_id, mac) values ($1, $2) on conflict do nothing', [
        credentialId,
        keys.macOfEnd(credentialId),
      ])
    },
  }
}

/** One spelling for a user name, as directories compare them. */
export function userNameKey(userName: string): string {
  return userName.trim().normalize('NFC').toLowerCase()
}

function newCode(): Secret {
  return new Secret(codeOf(randomBytes(drawnLetters)))
}

async function insert(pool: Pool, issued: Issued): Promise<void> {
  const {
    id,
    exception_id,
    subject,
    application,
    user_name,
    form,
    salt,
    digest,
    created_at,
    expires_at,
    mac,
  } = issued
  await query(
    pool,
    `insert into local_credential (id, exception_id, subject, application, user_name, form, salt, digest,
       created_at, expires_at, mac) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      exception_id,
      subject,
      application,
      user_name,
      form,
      salt,
      digest,
      new Date(created_at),
      new Date(expires_at),
      mac,
    ],
  )
}
