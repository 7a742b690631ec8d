import { idPrefix } from '../core/ids.ts'
import { isPractice } from '../core/kinds.ts'
import type { Person } from '../core/people/person.ts'
import { requesterSets, securitySet } from '../core/policy/sets.ts'
import type { ExceptionView } from '../core/ports.ts'
import { no, yes, type Result } from '../core/result.ts'
import { commandText } from '../core/text/en.ts'
import type { Markup } from '../core/text/markup.ts'
import type { BotPorts, KindPorts } from './ports.ts'

/** Why there is nothing to show for an id. */
export type NotFound = 'not-an-id' | 'no-such-id' | 'ambiguous-id' | 'no-practice'

/**
 * The exception whose id begins as typed. Several are never guessed between, and whoever practises touches nothing real.
 * Rejects when the ledger does not answer.
 */
export async function byTypedId(ports: KindPorts, typed: string): Promise<Result<ExceptionView, NotFound>> {
  const letters = idPrefix(typed)
  if (letters === undefined) return no('not-an-id')
  const [view, ...others] = await ports.views.byPrefix(letters)
  if (view === undefined) return no('no-such-id')
  if (others.length > 0) return no('ambiguous-id')
  return isPractice(ports.kind) && !isPractice(view.state.request.kind) ? no('no-practice') : yes(view)
}

/** Why nothing was found, for the person who typed. */
export function notFoundText({ command }: KindPorts, why: NotFound, typed: string): Markup {
  switch (why) {
    case 'not-an-id':
      return commandText.notAnId(typed, command)
    case 'no-such-id':
      return commandText.noSuchId(typed, command)
    case 'ambiguous-id':
      return commandText.ambiguousId(typed)
    case 'no-practice':
      return commandText.noPractice(typed, command)
  }
}

/** Who may read an exception: the people it is about, those who were asked, security, and those who may ask for passes. */
export async function maySee(ports: BotPorts, person: Person, view: ExceptionView): Promise<boolean> {
  const { request } = view.state
  const plan = 'plan' in view.state ? view.state.plan : undefined
  const involved = [
    request.subject,
    request.requester.person,
    ...(plan?.asked ?? []).map((one) => one.person),
  ]
  return involved.includes(person.id) || (await isStaff(ports, person))
}

/** Security, and everybody whom some rule lets ask. */
export async function isStaff(ports: BotPorts, person: Person): Promise<boolean> {
  const { policy } = ports.policy()
  const asking = requesterSets(policy).map((set) => ports.belongs(policy, set, person.id))
  return (await Promise.all([isSecurity(ports, person), ...asking])).includes(true)
}

/** Whether the policy counts somebody as security. */
export async function isSecurity(ports: BotPorts, { id }: Person): Promise<boolean> {
  return ports.belongs(ports.policy().policy, securitySet, id)
}
