import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { createChecks, type Checks } from '../../../src/adapters/local/checks.ts'
import { readCodeKey, type CodeKeys } from '../../../src/adapters/local/code-keys.ts'
import { newSecretKey } from '../../../src/adapters/local/secret-key.ts'
import { createDenials } from '../../../src/adapters/local/denials.ts'
import { createLocalIssuer, type LocalIssuer } from '../../../src/adapters/local/issuer.ts'
import { createLocalReader } from '../../../src/adapters/local/reader.ts'
import { isApplication } from '../../../src/core/local/target.ts'
import { createPool } from '../../../src/adapters/postgres/pool.ts'
import type { Question } from '../../../src/core/local/check.ts'
import type { PersonId } from '../../../src/core/ids.ts'
import type { Credential, Denials } from '../../../src/core/ports.ts'
import { Secret } from '../../../src/core/secret.ts'
import { createDatabase } from '../../setup/postgres.ts'
import { as } from '../postgres/as.ts'

/** A database with the issuer, the check and the reader over it. */
export type Place = {
  readonly pool: Pool
  readonly keys: CodeKeys
  readonly checks: Checks
  readonly issuer: LocalIssuer
  readonly denials: Denials
  /** Issues for the VPN, to Dana unless told otherwise; lifetime in seconds. */
  readonly issue: (
    userName: string,
    form?: 'code' | 'let-in',
    lifetime?: number,
    subject?: PersonId,
  ) => Promise<Issued>
  /** `let in`, or why not. */
  readonly answer: (userName: string, typed: string, application?: string) => Promise<string>
  readonly stateOf: (id: string) => Promise<Credential['state'] | undefined>
  /** Runs a statement as the owner of the tables. */
  readonly asOwner: (statement: string) => Promise<unknown>
  readonly close: () => Promise<void>
}

type Issued = {
  readonly id: string
  readonly lease: { readonly startsAt: number; readonly expiresAt: number }
  readonly code: string
}

export async function createPlace(): Promise<Place> {
  const database = await createDatabase()
  const pool = createPool(database.programUrl, { pipeline: true })
  const keys = readCodeKey(newSecretKey())
  const [checks, issuer] = [createChecks(pool, keys), createLocalIssuer(pool, keys)]
  return {
    pool,
    keys,
    checks,
    issuer,
    denials: createDenials(pool, keys),
    async issue(userName, form = 'code', lifetime = 60, subject = 'entra:dana') {
      const order = { exceptionId: randomUUID(), subject, application: 'vpn', userName, form, lifetime }
      const { lease, code } = await issuer.issue(order)
      return { id: lease.credentialId, lease, code: code?.reveal((value) => value) ?? '' }
    },
    answer: (userName, typed, application = 'vpn') => answerOf(checks, { userName, typed, application }),
    stateOf: async (id) =>
      (await createLocalReader(pool, keys, isApplication).credential('entra:dana', id))?.state,
    asOwner: (statement) => as(database.ownerUrl, statement),
    async close() {
      await pool.end()
      await database.drop()
    },
  }
}

/** A question about somebody, from the VPN's gateway unless told otherwise. */
export function questionOf({
  typed = '',
  ...asked
}: Partial<Omit<Question, 'typed'>> & { readonly typed?: string }): Question {
  const gateway = { client: 'gateway', application: 'vpn', userName: 'dana', address: '10.0.0.1', at: 1_000 }
  return { ...gateway, isTooMany: false, ...asked, typed: new Secret(typed) }
}

/** What a check answers: `let in`, or why not. */
export async function answerOf(checks: Checks, asked: Parameters<typeof questionOf>[0]): Promise<string> {
  const verdict = await checks.check(questionOf(asked))
  return verdict.is === 'let-in' ? 'let in' : verdict.because
}
