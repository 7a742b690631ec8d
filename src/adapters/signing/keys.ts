import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Sha256 } from '../../core/ports.ts'

/** sha256 of a text's UTF-8 bytes, hex. */
export const sha256: Sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex')

/** An Ed25519 key with the id that names it: the first 8 bytes of its public key's sha256, hex. */
export type NamedKey = { readonly keyId: string; readonly key: KeyObject }

/** A new key pair as texts `<key id>.<base64url DER>`: the signing key as PKCS#8, the verify key as SPKI. */
export function newKeys(): { readonly signingKey: string; readonly verifyKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const keyId = keyIdOf(publicKey)
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' })
  return {
    signingKey: `${keyId}.${secret.toString('base64url')}`,
    verifyKey: `${keyId}.${publicKey.export({ format: 'der', type: 'spki' }).toString('base64url')}`,
  }
}

/** Reads a signing key. Throws a TypeError, which does not quote it, when it is none. */
export function readSigningKey(text: string): NamedKey {
  return readKey(text, (der) => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }))
}

/** Reads a verify key. Throws a TypeError when it is none. */
export function readVerifyKey(text: string): NamedKey {
  return readKey(text, (der) => createPublicKey({ key: der, format: 'der', type: 'spki' }))
}

function readKey(text: string, parse: (der: Buffer) => KeyObject): NamedKey {
  const [keyId = '', der = '', ...rest] = text.trim().split('.')
  const key = rest.length === 0 ? attempt(() => parse(Buffer.from(der, 'base64url'))) : undefined
  if (key?.asymmetricKeyType !== 'ed25519' || keyIdOf(key) !== keyId) {
    throw new TypeError('Not a key as `hallpass keys new` prints it.')
  }
  return { keyId, key }
}

/** The parser's own error could quote the key. */
function attempt(parse: () => KeyObject): KeyObject | undefined {
  try {
    return parse()
  } catch {
    return undefined
  }
}

function keyIdOf(key: KeyObject): string {
  const open = key.type === 'public' ? key : createPublicKey(key)
  const spki = open.export({ format: 'der', type: 'spki' })
  return createHash('sha256').update(spki).digest().subarray(0, 8).toString('hex')
}
