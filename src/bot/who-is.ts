import type { Who } from '../core/command/command.ts'
import type { Also, Known, PersonProblem } from '../core/people/people.ts'
import { no, type Result } from '../core/result.ts'
import { commandText } from '../core/text/en.ts'
import type { Markup } from '../core/text/markup.ts'
import { personProblemText } from '../core/text/person-problem-text.ts'
import type { BotPorts } from './ports.ts'

/** Whom somebody named. An `@name` that Slack did not link is nobody for certain, and never guessed. */
export async function whoIs(
  ports: BotPorts,
  who: Who,
  also?: Also,
): Promise<Result<Known, PersonProblem | 'not-linked'>> {
  if ('slack' in who) return ports.people.resolve(who.slack, also)
  if ('mail' in who) return ports.people.resolveMail(who.mail, also)
  return no('not-linked')
}

/** Why whoever was named is nobody here, for the person who named them. */
export function whoProblemText(problem: PersonProblem | 'not-linked', who: Who): Markup {
  if (problem === 'not-linked') return commandText.linkPerson()
  if (!('mail' in who)) return personProblemText(problem, commandText.they)
  if (problem === 'unknown-account') return commandText.unknownMail(who.mail)
  return personProblemText(problem, commandText.withMail(who.mail))
}
