import type { PersonProblem } from '../people/people.ts'
import { personProblems } from './en/people.ts'

/** Why an account can't be used, and what to do. `who` is the name that the reader knows the account by. Slack markup. */
export function personProblemText(problem: PersonProblem, who: string): string {
  return personProblems[problem](who).mrkdwn
}
