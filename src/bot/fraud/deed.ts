import { caseAnswerText } from '../../core/text/en.ts'
import { joined, type Markup } from '../../core/text/markup.ts'
import type { Deed } from '../frame.ts'
import type { BotPorts } from '../ports.ts'

/** Why nobody can be reported here, and where fraud is told all the same. */
export function orCallSecurity(ports: BotPorts, problem: Markup): Markup {
  return joined(' ', problem, caseAnswerText.callSecurity(ports.policy().policy.fraud.phone))
}

/** A report, or a word about one's own: nobody is too disabled for it, and whoever can't do it here is told where. */
export function reportDeed(ports: BotPorts, deed: Deed): Deed {
  const { phone } = ports.policy().policy.fraud
  return { ...deed, also: 'disabled', instead: caseAnswerText.callSecurity(phone) }
}
