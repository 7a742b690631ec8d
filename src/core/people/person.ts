import type { PersonId } from '../ids.ts'

/** A person as the directory describes them at this moment. */
export type Person = {
  readonly id: PersonId
  readonly name: string
  readonly mail?: string
  /** User principal name: what the directory's own sign-in uses. */
  readonly upn?: string
  /** Accounts with the same employee id belong to one human being. */
  readonly employeeId?: string
  readonly enabled: boolean
  readonly guest: boolean
}

/** A Slack account: its id is only unique together with its team. */
export type SlackAccount = { readonly team: string; readonly user: string }

/** Who did something: the person, and the verified Slack account that the request came from. */
export type Actor = SlackAccount & { readonly person: PersonId }

/** Two accounts of one human being count as one person: the same directory id, or the same employee id. */
export function samePerson(one: Person, other: Person): boolean {
  return one.id === other.id || (one.employeeId !== undefined && one.employeeId === other.employeeId)
}
