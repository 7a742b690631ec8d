import { describe, expect, it } from 'vitest'
import { aNounOf, capitalNounOf, fullNounOf, nounOf } from '../../../src/core/text/en/kinds.ts'

const bypassOf = (name: string) => ({ request: { kind: 'bypass' }, plan: { opens: { name } } }) as const

describe('what an exception is called', () => {
  it.each([
    ['VPN', 'a VPN bypass', 'one-time VPN bypass'],
    ['Payroll portal', 'a Payroll portal bypass', 'one-time Payroll portal bypass'],
    ['Citrix', 'a Citrix bypass', 'one-time Citrix bypass'],
    ['Outlook', 'an Outlook bypass', 'one-time Outlook bypass'],
    ['SAP', 'an SAP bypass', 'one-time SAP bypass'],
    ['HR portal', 'an HR portal bypass', 'one-time HR portal bypass'],
    ['$& portal', 'a $& portal bypass', 'one-time $& portal bypass'],
  ])('reads as English for the application %s', (name, some, full) => {
    expect(aNounOf(bypassOf(name))).toBe(some)
    expect(capitalNounOf(bypassOf(name))).toBe(`A${some.slice(1)}`)
    expect(nounOf(bypassOf(name))).toBe(some.slice(some.indexOf(' ') + 1))
    expect(fullNounOf(bypassOf(name))).toBe(full)
  })

  it('is longer where it is more time', () => {
    const longer = { request: { kind: 'tap', extends: 'another' } } as const
    expect(aNounOf(longer)).toBe('a longer pass')
    expect(fullNounOf(longer)).toBe('longer temporary pass')
  })
})
