import type { PersonProblem } from '../people/people.ts'
import { commandText } from './en/commands.ts'
import { personProblems } from './en/people.ts'
import type { Markup } from './markup.ts'

/** Why an account can't be used, and what to do. `who` is the reader, or the name that begins a sentence. */
export function personProblemText(problem: PersonProblem, who: string): Markup {
  const { you, they } = personProblems[problem]
  return who === commandText.you ? you : they(who)
}
