import { describe, expect, it } from 'vitest'
import { newSecretKey } from '../../../src/adapters/local/secret-key.ts'
import { newEncryptionKey, readEncryptionKeys } from '../../../src/adapters/temporal/encryption-keys.ts'

const [one, other] = [newEncryptionKey(), newEncryptionKey()]
const idOf = (key: string) => key.split('.')[0] ?? ''

describe('the keys of payloads', () => {
  it('the first one encrypts, all of them decrypt', () => {
    const keys = readEncryptionKeys(` ${one}, ${other}\n`)
    expect(keys.first?.keyId).toBe(idOf(one))
    expect([...keys.byId.keys()]).toEqual([idOf(one), idOf(other)])
    expect(keys.readsClear).toBe(false)
  })
  it('`off` in the place of the first writes in the clear, after it only reads that', () => {
    expect(readEncryptionKeys('off')).toEqual({ first: undefined, byId: new Map(), readsClear: true })
    expect(readEncryptionKeys(`off,${one}`)).toMatchObject({ first: undefined, readsClear: true })
    expect(readEncryptionKeys(`off,${one}`).byId.size).toBe(1)
    const after = readEncryptionKeys(`${one},off`)
    expect([after.first?.keyId, after.readsClear]).toEqual([idOf(one), true])
  })
  it('an id says nothing of its key', () => {
    expect(one).toMatch(/^[0-9a-f]{16}\.[\w-]{43}$/)
    expect(idOf(one)).not.toBe(idOf(other))
    expect(readEncryptionKeys(one).byId.get(idOf(one))?.toString('base64url')).not.toBe(one.split('.')[1])
  })
  it.each([
    ['nothing', ''],
    ['a comma too many', `${one},`],
    ['a key without its id', newSecretKey()],
    ['a key under the id of another', `${idOf(other)}.${one.split('.')[1]}`],
    ['a key that was cut off', one.slice(0, -3)],
    ['three parts', `${one}.x`],
    ['another word', 'OFF'],
  ])('%s is none, and the error quotes nothing', (_, text) => {
    expect(() => readEncryptionKeys(text)).toThrow(/^Not a key as `hallpass keys new` prints it\.$/)
  })
})
