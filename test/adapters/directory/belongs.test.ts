import { describe, expect, it } from 'vitest'
import { createBelongs } from '../../../src/adapters/directory/belongs.ts'
import type { Person } from '../../../src/core/people/person.ts'
import { pinnedPolicy } from '../../core/exception/given.ts'

const { policy } = pinnedPolicy([])
const sam: Person = { id: 'entra:sam', name: 'Sam', enabled: true, guest: false }
const belongs = createBelongs({ membersOf: async () => [sam] })

describe('belonging to a set of people', () => {
  it('is what the directory says', async () => {
    expect(await belongs(policy, 'helpdesk', sam.id)).toBe(true)
    expect(await belongs(policy, 'helpdesk', 'entra:olga')).toBe(false)
  })
  it('is nobody for a set that the policy does not name', async () => {
    expect(await belongs(policy, 'night-shift', sam.id)).toBe(false)
  })
})
