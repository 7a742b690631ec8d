import { securitySet } from '../../core/policy/sets.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { Directory } from '../../core/ports.ts'
import { Fault } from '../../core/fault.ts'
import type { Check } from '../check.ts'
import type { Examined } from '../examined.ts'
import { ok, unchecked, wrong, type Finding } from '../finding.ts'

/** The policy file, and whether there is anybody in the sets of people that it names. */
export function policyChecks(examined: Examined): readonly Check[] {
  const people: Check = { part: 'Policy', name: 'policy.people', look: () => lookAtPeople(examined) }
  return [
    { part: 'Policy', name: 'policy.file', look: () => lookAtFile(examined) },
    // The check asks the directory nothing.
    ...(examined.program === 'verify' ? [] : [people]),
  ]
}

async function lookAtFile({ policy, setting }: Examined): Promise<readonly Finding[]> {
  const file = setting('HALLPASS_CONFIG')
  try {
    const { hash, policy: read } = await policy()
    return [ok(`${file} can be read: ${read.rules.length} rules, version ${hash.slice(0, 12)}.`)]
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown'
    return [wrong(`${file} can't be used. ${why}`, 'Mend the file; without a policy nothing is allowed.')]
  }
}

async function lookAtPeople({ policy, directory }: Examined): Promise<readonly Finding[]> {
  const { people } = (await policy()).policy
  const source = directory()
  return Promise.all(
    Object.entries(people).map(async ([name, from]) => judgeSet(name, await countOf(source, from))),
  )
}

async function countOf(
  directory: Directory,
  from: Policy['people'][string],
): Promise<number | { readonly failed: Fault }> {
  try {
    const members = await directory.membersOf(from)
    return members.filter(({ enabled, guest }) => enabled && !guest).length
  } catch (error) {
    if (error instanceof Fault) return { failed: error }
    throw error
  }
}

/** Judges a set of people by how many of its members can act: enabled, and no guests. */
function judgeSet(name: string, members: number | { readonly failed: Fault }): Finding {
  const said = `people.${name} of the policy`
  if (typeof members !== 'number') return judgeFailure(said, members.failed)
  if (members === 0)
    return wrong(`${said} has no member who can act.`, 'Put people into the group, or name another one.')
  if (name === securitySet && members < 2)
    return wrong(
      `${said} has one member: closing a case of fraud takes the signatures of two.`,
      'Put a second person into the group.',
    )
  return ok(`${said} has ${members} ${members === 1 ? 'member' : 'members'} who can act.`)
}

function judgeFailure(said: string, { status, code }: Fault): Finding {
  const fixes: Readonly<Record<string, string>> = {
    'group-unknown': 'Write the group’s name as the directory has it, or better its object id.',
    'group-ambiguous': 'Several groups have this name: write the object id.',
    'person-unknown': 'Write the user principal name, the address or the object id of somebody who exists.',
    'person-ambiguous': 'Several people have this name: write the object id.',
  }
  const fix = fixes[status]
  if (fix !== undefined) return wrong(`${said} can’t be found in the directory (${status}).`, fix)
  return unchecked(`${said} could not be read (${code}: ${status}).`, 'See what Entra says below.')
}
