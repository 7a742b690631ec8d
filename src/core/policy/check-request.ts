import { cleanText } from '../command/clean-text.ts'
import type { Refusal } from '../refusal.ts'
import type { Defaults } from './policy.ts'
import { longestTicket, ticketPattern } from './ticket-pattern.ts'

/** Longest reason, in characters: what people read on a card. */
export const longestReason = 500

/**
 * What the policy says against the words of a request; the form and admission ask it. Invisible
 * characters of a reason do not count. A ticket that is given must fit the policy's pattern even where none is required.
 */
export function checkRequest(
  defaults: Pick<Defaults, 'reason' | 'ticket'>,
  said: { readonly reason: string; readonly ticket?: string | undefined },
): readonly Refusal[] {
  const { atLeast } = defaults.reason
  const refusals: Refusal[] = []
  if (cleanText(said.reason).length < atLeast) refusals.push({ code: 'reason-too-short', atLeast })
  if (said.ticket) {
    if (!fits(defaults.ticket.pattern, said.ticket)) refusals.push({ code: 'ticket-format' })
  } else if (defaults.ticket.required) {
    refusals.push({ code: 'ticket-missing' })
  }
  return refusals
}

/** A pattern that must not be used fits nothing. */
function fits(pattern: string, ticket: string): boolean {
  const usable = ticketPattern(pattern)
  return usable.ok && ticket.length <= longestTicket && usable.value.test(ticket)
}
