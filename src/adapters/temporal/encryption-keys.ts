import { keyFor, newSecretKey, readSecretKey } from '../local/secret-key.ts'

/** What payloads are encrypted with, and which are read. */
export type EncryptionKeys = {
  /** Encrypts; where there is none, payloads are written in the clear. */
  readonly first: EncryptionKey | undefined
  /** Decrypt, by their ids; the first one is among them. */
  readonly byId: ReadonlyMap<string, Buffer>
  /** Whether payloads in the clear are read: those of the time when nothing was encrypted. */
  readonly readsClear: boolean
}

export type EncryptionKey = { readonly keyId: string; readonly key: Buffer }

/** Stands for no encryption, in the place of a key. */
const off = 'off'

/** A new key as a text, `<key id>.<base64url>`. */
export function newEncryptionKey(): string {
  const secret = newSecretKey()
  return `${keyIdOf(readSecretKey(secret))}.${secret}`
}

/**
 * Reads HALLPASS_ENCRYPTION_KEY: one key or several with commas, of which the first one encrypts and all decrypt; `off`
 * in the place of a key writes, or after the first reads, in the clear. Throws a TypeError, which quotes no key, when it
 * is something else.
 */
export function readEncryptionKeys(text: string): EncryptionKeys {
  const entries = text.split(',').map((entry) => entry.trim())
  const keys = entries.filter((entry) => entry !== off).map(readKey)
  return {
    first: entries[0] === off ? undefined : keys[0],
    byId: new Map(keys.map(({ keyId, key }) => [keyId, key])),
    readsClear: entries.includes(off),
  }
}

function readKey(text: string): EncryptionKey {
  const [keyId = '', secret = '', ...rest] = text.split('.')
  const key = readSecretKey(secret)
  if (rest.length > 0 || keyIdOf(key) !== keyId)
    throw new TypeError('Not a key as `hallpass keys new` prints it.')
  return { keyId, key: keyFor(key, 'payloads') }
}

/** Follows from the key, which it does not give away: a key that was copied in part, or under another's id, is noticed. */
function keyIdOf(key: Buffer): string {
  return keyFor(key, 'payload key id').subarray(0, 8).toString('hex')
}
