import { describe, expect, it } from 'vitest'
import { casePlan, type Reporter } from '../../../src/core/fraud/plan.ts'
import { evidence, plan, policy } from './given.ts'

const all = ['checks', 'block', 'sessions', 'risk'] as const
const always = ['exceptions', 'passes'] as const
const everybody: readonly Reporter[] = ['subject', 'helpdesk', 'security', 'somebody']
const trusted: readonly Reporter[] = ['subject', 'helpdesk', 'security']

describe('what is done at once', () => {
  it.each(everybody)('always ends what Hallpass made possible: a report by %s', (reporter) => {
    expect(plan({ reporter }).steps.slice(0, 2)).toEqual(always)
  })

  it.each(trusted)('is what the policy says when %s reports', (reporter) => {
    expect(plan({ reporter })).toEqual({
      steps: [...always, ...all],
      requests: 'refused',
      takeWithin: 600,
      raisedEvery: 90 * 86_400,
      channel: 'C-SECURITY',
    })
  })

  it('is nothing more when somebody else reports, and new requests need one more approver', () => {
    expect(plan({ reporter: 'somebody' })).toEqual({
      steps: always,
      requests: 'one-more',
      takeWithin: 600,
      raisedEvery: 90 * 86_400,
      channel: 'C-SECURITY',
    })
  })

  it('escalates where the policy says, and says how security is reached', () => {
    const fraud = { ...policy.fraud, escalateTo: 'C-BOSSES', phone: '+41 44 555 01 00' }
    expect(plan({ policy: { ...policy, fraud } })).toMatchObject({
      channel: 'C-SECURITY',
      escalateTo: 'C-BOSSES',
      phone: '+41 44 555 01 00',
    })
  })

  it('is different by role where the policy says so', () => {
    const atOnce = { ...policy.fraud.atOnce, helpdesk: ['sessions'] as const }
    const strict = { ...policy, fraud: { ...policy.fraud, atOnce } }
    expect(plan({ policy: strict, reporter: 'helpdesk' }).steps).toEqual([...always, 'sessions'])
    expect(plan({ policy: strict }).steps).toEqual([...always, ...all])
  })

  it.each(everybody)('blocks nobody by the word of a disabled account or a guest: %s', (reporter) => {
    const { steps, withheld } = plan({ reporter, reporterActive: false })
    expect({ steps, withheld }).toEqual({ steps: always, withheld: undefined })
  })

  it('keeps new requests away by the word of an account that is not active only from itself', () => {
    const requests = everybody.map((reporter) => plan({ reporter, reporterActive: false }).requests)
    expect(requests).toEqual(['refused', 'one-more', 'one-more', 'one-more'])
  })
})

describe('what waits for security', () => {
  it.each(trusted)('is everything that locks out a protected account, also when %s reports', (reporter) => {
    const { steps, withheld } = plan({ reporter, subjectProtected: true })
    expect({ steps, withheld }).toEqual({ steps: always, withheld: { because: 'protected', steps: all } })
  })

  it.each([
    ['helpdesk', 2, undefined],
    ['helpdesk', 3, 'too-many'],
    ['security', 3, 'too-many'],
    ['subject', 30, undefined],
    ['somebody', 30, undefined],
  ] as const)(
    'after reports by %s that blocked %i others within the hour: %s',
    (reporter, count, because) => {
      expect(casePlan(evidence({ reporter, recentBlocks: count })).withheld?.because).toBe(because)
    },
  )

  it('is nothing where nothing was wanted', () => {
    expect(plan({ reporter: 'somebody', subjectProtected: true }).withheld).toBeUndefined()
  })

  it('is everything where nobody knows whether the account is protected', () => {
    const { steps, withheld } = plan({ subjectProtected: 'unreadable' })
    expect({ steps, withheld }).toEqual({ steps: always, withheld: { because: 'unreadable', steps: all } })
  })

  it('is withheld as protected when both hold', () => {
    const both = { reporter: 'helpdesk', subjectProtected: true, recentBlocks: 9 } as const
    expect(plan(both).withheld?.because).toBe('protected')
  })
})
