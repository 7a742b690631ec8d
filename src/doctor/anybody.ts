import type { PersonId } from '../core/ids.ts'
import { securitySet } from '../core/policy/sets.ts'
import { NotSet } from './check.ts'
import type { Examined } from './examined.ts'

/** Somebody of the policy's sets whom Graph can be asked about; rather not of security, whom the tenant may exclude. */
export async function anybody({ policy, directory }: Examined): Promise<PersonId> {
  const { people } = (await policy()).policy
  const sets = Object.entries(people).toSorted(([one], [other]) => rank(one) - rank(other))
  for (const [, source] of sets) {
    const members = await directory()
      .membersOf(source)
      .catch(() => [])
    const found = members.find(({ enabled, guest }) => enabled && !guest)
    if (found !== undefined) return found.id
  }
  throw new NotSet('nobody of the policy’s sets can be found in the directory')
}

function rank(name: string): number {
  return name === securitySet ? 1 : 0
}
