import type { PersonId } from '../core/ids.ts'
import type { Ports } from './ports.ts'

/** The Slack account of a person, when there is one that may be written to. */
export async function userOf(ports: Ports, id: PersonId): Promise<string | undefined> {
  const person = await ports.directory.personById(id)
  return person === undefined ? undefined : (await ports.people.accountOf(person))?.user
}

/** The Slack account of a person's manager, unless that is one of those left out. */
export async function managerOf(
  ports: Ports,
  subject: PersonId,
  leftOut: readonly PersonId[] = [],
): Promise<string | undefined> {
  const manager = await ports.directory.managerOf(subject)
  return manager === undefined || leftOut.includes(manager.id) ? undefined : userOf(ports, manager.id)
}
