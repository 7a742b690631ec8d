import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { canonical } from '../../core/envelope/canonical.ts'
import type { Denial, Issued, Signal } from './local-rows.schema.ts'

/** What the key of the local codes can do: hash a code, and mark a row as written by Hallpass. */
export type CodeKeys = {
  /** Salted HMAC-SHA-256 of a code's spelling. Fast on purpose: a code has 75 random bits, and tries are limited. */
  digest(salt: Buffer, spelling: string): Buffer
  /** Over everything that decides who is let in, to what, until when, and by which exception. */
  mac(issued: Omit<Issued, 'mac'>): Buffer
  /** Over a denial of one credential. */
  macOfEnd(credentialId: string): Buffer
  /** Over a later expiry of one credential, in epoch milliseconds. */
  macOfExtension(credentialId: string, expiresAt: number): Buffer
  /** Over a denial of everything to a person, and over giving that back. */
  macOfDenial(denial: Denial): Buffer
  macOfDenialEnd(denial: Denial): Buffer
  /** Over a report of a fraud, and over its having been heard. */
  macOfSignal(signal: Omit<Signal, 'mac'>): Buffer
  macOfSignalDone(signalId: string): Buffer
  /** One name for everything of a kind about this: nobody without the key can take it first. */
  nameOf(kind: string, about: unknown): string
}

/** A new key: 32 random bytes, base64url. */
export function newCodeKey(): string {
  return randomBytes(32).toString('base64url')
}

/** Reads HALLPASS_CODE_KEY. Throws a TypeError, which does not quote it, when it is none. */
export function readCodeKey(text: string): CodeKeys {
  const key = Buffer.from(text.trim(), 'base64url')
  if (key.length !== 32) throw new TypeError('Not a key as `hallpass keys new` prints it.')
  const keyFor = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', key, '', `hallpass ${purpose}`, 32))
  const [codes, rows] = [keyFor('codes'), keyFor('rows')]
  const macOf = (value: unknown): Buffer => createHmac('sha256', rows).update(canonical(value)).digest()
  return {
    digest: (salt, spelling) => createHmac('sha256', codes).update(salt).update(spelling).digest(),
    ...rowMacs(macOf),
    nameOf: (kind, about) => `${kind}/${macOf({ about, kind, row: 'name' }).toString('hex')}`,
  }
}

type RowMacs = Omit<CodeKeys, 'digest' | 'nameOf'>

function rowMacs(macOf: (value: unknown) => Buffer): RowMacs {
  return {
    mac: (row) =>
      macOf({
        row: 'credential',
        id: row.id,
        exception: row.exception_id,
        subject: row.subject,
        application: row.application,
        userName: row.user_name,
        form: row.form,
        salt: row.salt.toString('hex'),
        digest: row.digest.toString('hex'),
        createdAt: row.created_at,
        expiresAt: row.expires_at,
      }),
    macOfEnd: (credentialId) => macOf({ credentialId, row: 'end' }),
    macOfExtension: (credentialId, expiresAt) => macOf({ credentialId, expiresAt, row: 'extension' }),
    macOfDenial: ({ id, caseId, subject }) => macOf({ row: 'denial', id, caseId, subject }),
    macOfDenialEnd: ({ id, caseId, subject }) => macOf({ row: 'denial-end', id, caseId, subject }),
    macOfSignal: (signal) =>
      macOf({
        row: 'signal',
        id: signal.id,
        source: signal.source,
        externalId: signal.external_id,
        subject: signal.subject,
        application: signal.application,
        userName: signal.user_name,
        client: signal.client,
        at: signal.at,
      }),
    macOfSignalDone: (signalId) => macOf({ signalId, row: 'signal-done' }),
  }
}

/** Whether Hallpass itself wrote a row: somebody who can write into the database can't make one that counts. */
export function isGenuine(keys: CodeKeys, row: Issued): boolean {
  return isSame(keys.mac(row), row.mac)
}

/** Whether two MACs or digests are the same, in a time that does not tell where they differ. */
export function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
