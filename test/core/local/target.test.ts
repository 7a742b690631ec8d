import { describe, expect, it } from 'vitest'
import { addressOf, signsInAs } from '../../../src/core/local/target.ts'
import type { Person } from '../../../src/core/people/person.ts'
import type { Application } from '../../../src/core/policy/policy.ts'

const dana: Person = {
  id: 'entra:dana',
  name: 'Dana',
  upn: 'dana@example.com',
  mail: 'dana.cho@example.com',
  enabled: true,
  guest: false,
}

const application = { name: 'VPN', form: 'code', clock: 'claim' } as const
const localpart: Application = { ...application, userName: 'localpart', domain: 'example.com' }
const upn: Application = { ...application, userName: 'upn' }
const mail: Application = { ...application, userName: 'mail' }

describe('a name that somebody signs in with', () => {
  it.each([
    ['localpart', localpart, 'dana', 'dana@example.com'],
    ['upn', upn, 'dana@example.com', 'dana@example.com'],
    ['mail', mail, 'dana.cho@example.com', 'dana.cho@example.com'],
  ])('is looked for by its address and is theirs: %s', (_, opened, name, address) => {
    expect(addressOf(opened, name)).toBe(address)
    expect(signsInAs(dana, opened, name)).toBe(true)
    expect(signsInAs(dana, opened, name.toUpperCase())).toBe(true)
  })

  it.each([
    ['another name', localpart, 'dan'],
    ['the local part of another domain', { ...localpart, domain: 'example.org' }, 'dana'],
    ['an address that is not for this application', upn, 'dana.cho@example.com'],
    ['a user principal name where addresses count', mail, 'dana@example.com'],
    ['nothing', mail, ''],
  ])('is not theirs: %s', (_, opened, name) => {
    expect(signsInAs(dana, opened, name)).toBe(false)
  })

  it('is nobody’s who has none', () => {
    const { mail: _, ...without } = dana
    expect(signsInAs(without, mail, '')).toBe(false)
  })
})
