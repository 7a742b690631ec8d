import type { ActionInput, Answer } from '../page-api.ts'
import type { Delivery } from './delivery.ts'
import { type Located, locate, type StateValues } from './element-state.ts'
import type { Content, PostedMessage } from './message.ts'
import type { Parts } from './parts.ts'
import { actionOf, messageActionPayload, viewActionPayload } from './payloads.ts'
import type { SeedMember } from './seed.ts'
import { refused, type Send, sendPayload } from './send.ts'

const located = ({ blocks }: Pick<Content, 'blocks'>, input: ActionInput): Located | undefined =>
  locate(blocks).find((each) => each.block.block_id === input.blockId && each.actionId === input.actionId)

const reported = ({ blockId, actionId, state }: ActionInput): StateValues =>
  state === undefined ? {} : { [blockId]: { [actionId]: state } }

const outcome = (delivery: Delivery): Answer =>
  delivery.ok ? { ok: true } : refused(`This app did not respond (${delivery.error}). Try again.`)

const gone = refused('This has changed meanwhile. Look again.')

const onMessage = async (
  parts: Parts,
  send: Send,
  person: SeedMember,
  input: ActionInput,
  stands: { readonly conversation: string; readonly ts: string },
): Promise<Answer> => {
  const { roster, log, whispers } = parts
  const place = roster.placesOf(person.id).find(({ id }) => id === stands.conversation)
  if (place === undefined) return refused('You are not in this conversation.')
  const whispered = whispers.find(person.id, place.id, stands.ts)
  const message: PostedMessage | undefined = whispered ?? log.find(place.id, stands.ts)
  const element = message === undefined ? undefined : located(message, input)
  if (message === undefined || element === undefined) return gone
  const ephemeral = whispered !== undefined
  const payload = messageActionPayload(
    roster.seed,
    person,
    { place, message, ephemeral },
    {
      action: actionOf(element, input.state, log.stamp()),
      values: reported(input),
      triggerId: parts.triggers.issue(person.id),
      responseUrl: parts.responseUrls.issue('actions', {
        user: person.id,
        place: place.id,
        original: { ts: message.ts, ephemeral },
      }),
    },
  )
  return outcome(await sendPayload(send, payload))
}

const dispatches = ({ block }: Located): boolean => block.type !== 'input' || block.dispatch_action === true

const onView = async (
  { roster, log, modals, triggers }: Parts,
  send: Send,
  person: SeedMember,
  input: ActionInput,
  id: string,
): Promise<Answer> => {
  const open = modals.top(person.id, id)
  const element = open === undefined ? undefined : located(open.view, input)
  if (open === undefined || element === undefined) return gone
  const { blockId, actionId, state } = input
  if (state !== undefined) {
    const values = { ...open.values, [blockId]: { ...open.values[blockId], [actionId]: state } }
    modals.enter(id, values, open.errors)
  }
  if (!dispatches(element)) return { ok: true }
  const payload = viewActionPayload(roster.seed, person, modals.top(person.id, id) ?? open, {
    action: actionOf(element, state, log.stamp()),
    triggerId: triggers.issue(person.id),
  })
  return outcome(await sendPayload(send, payload))
}

/** What happens when somebody presses a button or chooses something, in a message that they can see or in their uppermost view. */
export const act = (parts: Parts, send: Send, person: SeedMember, input: ActionInput): Promise<Answer> =>
  input.in.kind === 'message'
    ? onMessage(parts, send, person, input, input.in)
    : onView(parts, send, person, input, input.in.id)
