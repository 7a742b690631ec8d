import { expect, it } from 'vitest'
import { createReaders } from '../../src/codec/readers.ts'
import type { Person } from '../../src/core/people/person.ts'
import { pinnedPolicy } from '../core/exception/given.ts'

const sam: Person = { id: 'entra:sam', name: 'Sam', enabled: true, guest: false }

it.each<[string, boolean, Person | undefined, boolean]>([
  ['a member of security reads', true, sam, true],
  ['whoever is none does not', false, sam, false],
  ['a guest in the group does not', true, { ...sam, guest: true }, false],
  ['whoever is switched off does not', true, { ...sam, enabled: false }, false],
  ['whoever is gone does not', true, undefined, false],
])('%s', async (_, isMember, person, reads) => {
  const ports = { belongs: async () => isMember, personById: async () => person }
  expect(await createReaders(ports, pinnedPolicy([]).policy)(sam.id)).toEqual(reads ? sam : undefined)
})
