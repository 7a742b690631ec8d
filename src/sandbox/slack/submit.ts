import type { Answer, CloseInput, SubmitInput } from '../page-api.ts'
import { submissionAnswer } from './args.schema.ts'
import { readArgs, readModal } from './content.ts'
import { stateValues, submitProblems } from './element-state.ts'
import type { Modals, OpenView } from './modals.ts'
import type { Parts } from './parts.ts'
import { closedPayload, submissionPayload } from './payloads.ts'
import type { SeedMember } from './seed.ts'
import { refused, type Send, sendPayload } from './send.ts'

type Scene = Pick<Parts, 'roster' | 'modals' | 'triggers'>

const trouble = refused('We had some trouble connecting. Try again?')
const closed = refused('This dialog is no longer open.')

const showErrors = (modals: Modals, open: OpenView, errors: Readonly<Record<string, string>>): Answer => {
  const inputs = open.view.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id)
  // Slack drops an answer that names a block which is no input, and the person sees only that it failed.
  if (!Object.keys(errors).every((blockId) => inputs.includes(blockId))) return trouble
  modals.enter(open.id, open.values, errors)
  return { ok: true }
}

const showView = (modals: Modals, open: OpenView, how: 'update' | 'push', given: unknown): Answer => {
  const view = readModal(given)
  if (!view.ok) return trouble
  const shown = how === 'update' ? modals.update(open.id, view.value) : modals.push(open.user, view.value)
  return shown.ok ? { ok: true } : trouble
}

const follow = (modals: Modals, open: OpenView, body: unknown): Answer => {
  const answer = readArgs(submissionAnswer, body)
  if (!answer.ok) return trouble
  if (answer.value === undefined || !('response_action' in answer.value)) {
    modals.remove(open.id)
    return { ok: true }
  }
  switch (answer.value.response_action) {
    case 'clear':
      modals.clear(open.user)
      return { ok: true }
    case 'errors':
      return showErrors(modals, open, answer.value.errors)
    case 'update':
    case 'push':
      return showView(modals, open, answer.value.response_action, answer.value.view)
  }
}

/** What happens when somebody submits their uppermost view; the app's answer decides whether it closes, changes or complains. */
export const submit = async (
  { roster, modals, triggers }: Scene,
  send: Send,
  person: SeedMember,
  input: SubmitInput,
): Promise<Answer> => {
  const open = modals.top(person.id, input.view)
  if (open?.view.submit === undefined) return closed
  const values = stateValues(open.view.blocks, input.values)
  const problems = submitProblems(open.view.blocks, values)
  modals.enter(open.id, values, problems)
  if (Object.keys(problems).length > 0) return { ok: false }
  const entered: OpenView = { ...open, values, errors: {} }
  const payload = submissionPayload(roster.seed, person, entered, triggers.issue(person.id))
  const delivery = await sendPayload(send, payload)
  return delivery.ok ? follow(modals, entered, delivery.body) : trouble
}

/** What happens when somebody closes their uppermost view; the app hears of it only where the view asks for that. */
export const close = async (
  { roster, modals }: Scene,
  send: Send,
  person: SeedMember,
  input: CloseInput,
): Promise<Answer> => {
  const open = modals.top(person.id, input.view)
  if (open === undefined) return closed
  const cleared = open.view.clear_on_close === true
  const going = cleared ? modals.stack(person.id) : [open]
  if (cleared) modals.clear(person.id)
  else modals.remove(open.id)
  for (const view of going.filter(({ view: { notify_on_close: told } }) => told === true)) {
    await sendPayload(send, closedPayload(roster.seed, person, view, cleared))
  }
  return { ok: true }
}
