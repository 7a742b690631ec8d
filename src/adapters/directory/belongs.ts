import type { Belongs, Directory } from '../../core/ports.ts'

/** Reads in a directory who belongs to a set. A set that the policy does not name has no members. */
export function createBelongs({ membersOf }: Pick<Directory, 'membersOf'>): Belongs {
  return async ({ people }, set, person) => {
    const source = people[set]
    return source !== undefined && (await membersOf(source)).some(({ id }) => id === person)
  }
}
