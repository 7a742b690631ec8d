import type { Policy } from '../core/policy/policy.ts'
import { securitySet } from '../core/policy/sets.ts'
import type { Belongs, Directory } from '../core/ports.ts'
import type { CodecPorts } from './ports.ts'

/**
 * Asks the directory whether somebody is of security now: a token says who they are, and not what they may. Guests read
 * nothing, whatever group they are in, as they may nothing else.
 */
export function createReaders(
  { belongs, personById }: { readonly belongs: Belongs } & Pick<Directory, 'personById'>,
  policy: Policy,
): CodecPorts['ofSecurity'] {
  return async (id) => {
    const person = (await belongs(policy, securitySet, id)) ? await personById(id) : undefined
    return person?.enabled === true && !person.guest ? person : undefined
  }
}
