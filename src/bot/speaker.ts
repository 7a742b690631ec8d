import type { Actor, Person } from '../core/people/person.ts'
import type { Also, PersonProblem } from '../core/people/people.ts'
import { no, yes, type Result } from '../core/result.ts'
import type { BotPorts } from './ports.ts'

/** Somebody who did something in Slack: the verified account, and the person in the directory behind it. */
export type Speaker = { readonly actor: Actor; readonly person: Person }

/**
 * Who sent a request. Team and user come from the request that Slack signed, never from a button's value or a text. An
 * account of another team is nobody here, whatever its id.
 */
export async function speakerOf(
  ports: BotPorts,
  team: string | undefined,
  user: string,
  also?: Also,
): Promise<Result<Speaker, PersonProblem>> {
  if (team !== ports.team) return no('foreign')
  const known = await ports.people.resolve(user, also)
  if (!known.ok) return known
  const { person } = known.value
  return yes({ actor: { team, user, person: person.id }, person })
}
