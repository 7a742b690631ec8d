import { createHmac } from 'node:crypto'
import { isSame, keyFor, macWith, readSecretKey } from './secret-key.ts'
import type { Denial, Issued } from './local-rows.schema.ts'

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
}

/** Reads HALLPASS_CODE_KEY. Throws a TypeError, which does not quote it, when it is none. */
export function readCodeKey(text: string): CodeKeys {
  const key = readSecretKey(text)
  const [codes, macOf] = [keyFor(key, 'codes'), macWith(keyFor(key, 'rows'))]
  return {
    digest: (salt, spelling) => createHmac('sha256', codes).update(salt).update(spelling).digest(),
    ...rowMacs(macOf),
  }
}

type RowMacs = Omit<CodeKeys, 'digest'>

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
  }
}

/** Whether Hallpass itself wrote a row: somebody who can write into the database can't make one that counts. */
export function isGenuine(keys: CodeKeys, row: Issued): boolean {
  return isSame(keys.mac(row), row.mac)
}
