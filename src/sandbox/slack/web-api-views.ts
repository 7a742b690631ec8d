import { methodArgs } from './args.schema.ts'
import { failure, readArgs, readModal } from './content.ts'
import type { ViewOutcome } from './modals.ts'
import { viewObject } from './objects.ts'
import type { Parts } from './parts.ts'
import type { WorkspaceSeed } from './seed.ts'

type Views = Pick<Parts, 'roster' | 'modals' | 'triggers'>

const answer = (seed: WorkspaceSeed, outcome: ViewOutcome) =>
  outcome.ok ? { ok: true, view: viewObject(seed, outcome.view) } : failure(outcome.error)

/** `views.open`: for the person whose interaction the trigger came from. A view that is refused leaves the trigger unused. */
export const openView = ({ roster, modals, triggers }: Views, given: unknown) => {
  const args = readArgs(methodArgs.viewsOpen, given)
  if (!args.ok) return args
  const view = readModal(args.value.view)
  if (!view.ok) return view
  const trigger = triggers.exchange(args.value.trigger_id)
  if (!trigger.ok) return failure(trigger.error)
  return answer(roster.seed, modals.open(trigger.user, view.value))
}

/** `views.update`: a view that is open; `not_found` once the person closed it, `hash_conflict` when it changed meanwhile. */
export const updateView = ({ roster, modals }: Views, given: unknown) => {
  const args = readArgs(methodArgs.viewsUpdate, given)
  if (!args.ok) return args
  const view = readModal(args.value.view)
  if (!view.ok) return view
  return answer(roster.seed, modals.update(args.value.view_id, view.value, args.value.hash))
}
