import { createPrivateKey, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { newKeys } from '../../../src/adapters/signing/keys.ts'
import { createSigner } from '../../../src/adapters/signing/signer.ts'
import { createVerifier } from '../../../src/adapters/signing/verifier.ts'
import { canonical } from '../../../src/core/envelope/canonical.ts'
import type { Envelope, Statement } from '../../../src/core/envelope/statement.ts'

const keys = newKeys()
const others = newKeys()
const signer = createSigner(keys.signingKey)
const verifier = createVerifier(keys.verifyKey)

const statement: Statement = {
  v: 1,
  exceptionId: '4f8c1c52-2f5b-4a58-9e9c-4a7cb2f2b111',
  requestHash: 'ab'.repeat(32),
  actor: { person: 'entra:11111111-2222-4333-8444-555555555555', team: 'T1', user: 'U1' },
  at: 1_790_000_000_000,
  kind: 'claim',
  body: { view: 'V1' },
}
const envelope = signer.sign(statement)

describe('a signed statement', () => {
  it('verifies with the key that signed it, and carries its id', () => {
    expect(envelope.statement).toEqual(statement)
    expect(envelope.keyId).toBe(keys.verifyKey.split('.')[0])
    expect(verifier.verify(envelope)).toBe(true)
  })

  it('verifies after a way through JSON with its members in another order', () => {
    const { body, kind, ...rest } = structuredClone(statement)
    const shuffled = { body, kind, ...rest } as Statement
    expect(
      verifier.verify(JSON.parse(JSON.stringify({ ...envelope, statement: shuffled })) as Envelope),
    ).toBe(true)
  })

  it('verifies while any of several keys signed it, so that keys can be replaced', () => {
    const both = createVerifier(` ${others.verifyKey} , ${keys.verifyKey}\n`)
    expect(both.verify(envelope)).toBe(true)
    expect(both.verify(createSigner(others.signingKey).sign(statement))).toBe(true)
  })

  it('does not verify with another key, nor under the id of another', () => {
    const foreign = createSigner(others.signingKey).sign(statement)
    expect(verifier.verify(foreign)).toBe(false)
    expect(verifier.verify({ ...foreign, keyId: envelope.keyId })).toBe(false)
  })

  it.each<[string, unknown]>([
    ['exception', { exceptionId: '4f8c1c52-2f5b-4a58-9e9c-4a7cb2f2b112' }],
    ['request', { requestHash: 'ac'.repeat(32) }],
    ['person', { actor: { ...statement.actor, person: 'entra:11111111-2222-4333-8444-555555555556' } }],
    ['account', { actor: { ...statement.actor, user: 'U2' } }],
    ['time', { at: statement.at + 1 }],
    ['kind', { kind: 'approve' }],
    ['body', { body: { view: 'V2' } }],
    ['version', { v: 2 }],
    ['number of members', { more: true }],
  ])('does not verify with another %s', (_, change) => {
    const changed = { ...statement, ...(change as Partial<Statement>) } as Statement
    expect(verifier.verify({ ...envelope, statement: changed })).toBe(false)
  })
})

describe('a signature', () => {
  it('over the bare statement is none: statements have a domain of their own', () => {
    const der = Buffer.from(keys.signingKey.split('.')[1] ?? '', 'base64url')
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    const bare = sign(null, Buffer.from(canonical(statement)), key).toString('base64url')
    expect(verifier.verify({ ...envelope, signature: bare })).toBe(false)
    const whole = sign(null, Buffer.from(`hallpass-envelope-v1\n${canonical(statement)}`), key)
    expect(verifier.verify({ ...envelope, signature: whole.toString('base64url') })).toBe(true)
  })

  it('has one spelling, since a claim is known by it', () => {
    const { signature } = envelope
    const standard = Buffer.from(signature, 'base64url').toString('base64')
    for (const other of [standard, `${signature}=`, `${signature}==`, `${signature}\n`, ` ${signature}`]) {
      expect(verifier.verify({ ...envelope, signature: other })).toBe(false)
    }
    // 64 bytes leave four bits of the last letter unused: other letters decode to the same bytes.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const last = alphabet[alphabet.indexOf(signature.at(-1) ?? '') + 1] ?? ''
    const respelled = signature.slice(0, -1) + last
    expect(Buffer.from(respelled, 'base64url')).toEqual(Buffer.from(signature, 'base64url'))
    expect(verifier.verify({ ...envelope, signature: respelled })).toBe(false)
  })

  it('with one bit turned is none', () => {
    for (const index of [0, 31, 32, 63]) {
      const bytes = Buffer.from(envelope.signature, 'base64url')
      bytes[index] = (bytes[index] ?? 0) ^ 1
      expect(verifier.verify({ ...envelope, signature: bytes.toString('base64url') })).toBe(false)
    }
  })
})

describe('something that is no envelope', () => {
  const circular: Record<string, unknown> = {}
  circular['self'] = circular

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'envelope'],
    ['a list', [envelope]],
    ['empty', {}],
    ['without a statement', { ...envelope, statement: null }],
    ['with a text for a statement', { ...envelope, statement: canonical(statement) }],
    ['with a list for a statement', { ...envelope, statement: [statement] }],
    ['with a circle for a statement', { ...envelope, statement: circular }],
    ['with a number that JSON can not say', { ...envelope, statement: { ...statement, at: Number.NaN } }],
    ['with a big number', { ...envelope, statement: { ...statement, at: 1n } }],
    ['with an unknown key', { ...envelope, keyId: '0000000000000000' }],
    ['with a key of Object', { ...envelope, keyId: 'constructor' }],
    ['with a list for a key', { ...envelope, keyId: [envelope.keyId] }],
    ['with no signature', { ...envelope, signature: '' }],
    ['with bytes for a signature', { ...envelope, signature: Buffer.from(envelope.signature, 'base64url') }],
    ['with more members', { ...envelope, note: 'approved' }],
  ])('is false, never an error: %s', (_, given) => {
    expect(verifier.verify(given as Envelope)).toBe(false)
  })
})
