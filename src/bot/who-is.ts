import type { Who } from '../core/command/command.ts'
import type { Known, PersonProblem } from '../core/people/people.ts'
import { no, type Result } from '../core/result.ts'
import type { BotPorts } from './ports.ts'

/** Whom somebody named. An `@name` that Slack did not link is nobody for certain, and never guessed. */
export async function whoIs(ports: BotPorts, who: Who): Promise<Result<Known, PersonProblem | 'not-linked'>> {
  if ('slack' in who) return ports.people.resolve(who.slack)
  if ('mail' in who) return ports.people.resolveMail(who.mail)
  return no('not-linked')
}
