import { format, inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../src/core/secret.ts'

const code = 'Q7+x/Za9'
const secret = new Secret(code)

describe('a secret', () => {
  it('shows its value to whoever asks for it by name, and answers what was made of it', () => {
    expect(secret.reveal((value) => value.length)).toBe(code.length)
    expect(secret.reveal((value) => value)).toBe(code)
  })

  it.each<readonly [string, () => unknown]>([
    ['alone', () => JSON.stringify(secret)],
    ['in an object', () => JSON.stringify({ lease: { code: secret } })],
    ['in a list', () => JSON.stringify([secret])],
  ])('is never serialised: %s', (_where, write) => {
    expect(write).toThrow(TypeError)
    expect(write).not.toThrow(code)
  })

  it.each<readonly [string, () => unknown]>([
    ['conversion', () => String(secret)],
    ['a template', () => `code: ${secret as unknown as string}`],
    ['a list of texts', () => [secret].join()],
    ['inspection', () => inspect(secret)],
    ['inspection that shows what is hidden', () => inspect({ secret }, { showHidden: true, depth: 9 })],
    ['inspection without its own word', () => inspect(secret, { customInspect: false, showHidden: true })],
    ['a log line', () => format('%s %o %O %d', secret, secret, secret, secret)],
    ['an error', () => inspect(new Error('failed', { cause: secret }))],
    [
      'its members',
      () => inspect([Object.entries(secret), Reflect.ownKeys(secret), Object.assign({}, secret)]),
    ],
    ['a copy', () => inspect(structuredClone(secret))],
  ])('does not become text by %s', (_how, write) => {
    const text = String(write())
    expect(text).not.toContain(code)
    expect(text).not.toContain(code.slice(0, 4))
  })
})
