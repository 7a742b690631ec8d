import { verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { AnyStatement, Envelope } from '../../core/envelope/statement.ts'
import type { Verifier } from '../../core/ports.ts'
import { readVerifyKey } from './keys.ts'
import { signedBytes } from './signer.ts'

/** Checks signatures with the bot's public keys, comma separated. Throws a TypeError when one is none. */
export function createVerifier(verifyKeys: string): Verifier {
  const keys = new Map(verifyKeys.split(',').map((text) => named(text)))
  return {
    verify(envelope) {
      // Envelopes come from a history that others can write to: they may be anything at all.
      try {
        return holds(keys, envelope)
      } catch {
        return false
      }
    },
  }
}

function named(text: string): readonly [string, KeyObject] {
  const { keyId, key } = readVerifyKey(text)
  return [keyId, key]
}

function holds(keys: ReadonlyMap<string, KeyObject>, envelope: Envelope<AnyStatement>): boolean {
  const { statement, keyId, signature } = envelope
  const key = keys.get(keyId)
  if (key === undefined || typeof signature !== 'string' || typeof statement !== 'object') return false
  if (Object.keys(envelope).length !== 3) return false
  const bytes = Buffer.from(signature, 'base64url')
  // One signature has one text: a claim is known by it, and must not pass as a new one in another spelling.
  if (bytes.length !== 64 || bytes.toString('base64url') !== signature) return false
  return verify(null, signedBytes(statement), key, bytes)
}
