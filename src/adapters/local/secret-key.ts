import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { canonical } from '../../core/envelope/canonical.ts'

/** A new key: 32 random bytes, base64url. */
export function newSecretKey(): string {
  return randomBytes(32).toString('base64url')
}

/** Reads one. Throws a TypeError, which does not quote it, when it is none. */
export function readSecretKey(text: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64url')
  if (key.length !== 32) throw new TypeError('Not a key as `hallpass keys new` prints it.')
  return key
}

/** A key for one purpose, from which the others can't be told. */
export function keyFor(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `hallpass ${purpose}`, 32))
}

/** HMAC-SHA-256 over anything that can be written as JSON. */
export function macWith(key: Buffer): (value: unknown) => Buffer {
  return (value) => createHmac('sha256', key).update(canonical(value)).digest()
}

/** Whether two MACs or digests are the same, in a time that does not tell where they differ. */
export function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
