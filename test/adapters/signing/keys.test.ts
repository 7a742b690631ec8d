import { generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { newKeys, sha256 } from '../../../src/adapters/signing/keys.ts'
import { createSigner } from '../../../src/adapters/signing/signer.ts'
import { createVerifier } from '../../../src/adapters/signing/verifier.ts'

const { signingKey, verifyKey } = newKeys()

function rsaAs(keyId: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return `${keyId}.${privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url')}`
}

describe('new keys', () => {
  it('have one id, made from the public key, and are never the same twice', () => {
    expect(signingKey).toMatch(/^[0-9a-f]{16}\.[\w-]+$/)
    expect(verifyKey).toMatch(/^[0-9a-f]{16}\.[\w-]+$/)
    expect(signingKey.split('.')[0]).toBe(verifyKey.split('.')[0])
    expect(newKeys().signingKey).not.toBe(signingKey)
  })
})

describe('a key', () => {
  it.each([
    ['nothing', ''],
    ['a word', 'secret'],
    ['a key under the id of another', signingKey.replace(/^[0-9a-f]{4}/, 'zzzz')],
    ['a key with more after it', `${signingKey}.x`],
    ['a cut key', signingKey.slice(0, -10)],
    ['a verify key', verifyKey],
    ['an RSA key', rsaAs('0123456789abcdef')],
  ])('to sign with is refused without being quoted when it is %s', (_, text) => {
    let error: unknown
    try {
      createSigner(text)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(TypeError)
    const quoted = text.split('.')[1] ?? text
    expect(quoted !== '' && inspect(error).includes(quoted)).toBe(false)
  })

  it.each([
    ['nothing', ''],
    ['one of them missing', `${verifyKey},`],
    ['a signing key', signingKey],
    ['one of them broken', `${verifyKey},${verifyKey.slice(0, -10)}`],
  ])('to verify with is refused when it is %s', (_, text) => {
    expect(() => createVerifier(text)).toThrow(TypeError)
  })
})

describe('sha256', () => {
  it('is that of the UTF-8 bytes, in hex', () => {
    // The first is the test vector of FIPS 180-4 for "abc".
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(sha256('ü')).toBe('607474ca475a9724d7360aba71a56d5df77e61350e3f724cfa1f46e857e2d85f')
  })
})
