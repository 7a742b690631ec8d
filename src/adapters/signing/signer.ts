import { sign } from 'node:crypto'
import { canonical } from '../../core/envelope/canonical.ts'
import type { AnyStatement } from '../../core/envelope/statement.ts'
import type { Signer } from '../../core/ports.ts'
import { readSigningKey } from './keys.ts'

/** What is signed begins so: a signature over a statement is never one over anything else. */
const domain = 'hallpass-envelope-v1\n'

/** The bytes that a signature covers. */
export function signedBytes(statement: AnyStatement): Buffer {
  return Buffer.from(`${domain}${canonical(statement)}`, 'utf8')
}

/** Signs statements with the bot's key. Throws a TypeError when the key is none. */
export function createSigner(signingKey: string): Signer {
  const { keyId, key } = readSigningKey(signingKey)
  return {
    sign(statement) {
      // Ed25519 takes no digest: it hashes by itself.
      const signature = sign(null, signedBytes(statement), key).toString('base64url')
      return { statement, keyId, signature }
    },
  }
}
