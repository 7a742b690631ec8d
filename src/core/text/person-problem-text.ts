import type { PersonProblem } from '../people/people.ts'
import { personProblems } from './en/people.ts'
import type { Markup } from './markup.ts'

/** Why an account can't be used, and what to do. `who` is the name that the reader knows the account by. */
export function personProblemText(problem: PersonProblem, who: string): Markup {
  return personProblems[problem](who)
}
