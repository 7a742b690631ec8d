import type { ChatDeleteResponse, ChatPostEphemeralResponse } from '@slack/web-api'
import { methodArgs } from './args.schema.ts'
import { type ApiFailure, failure, type Read, readArgs, readContent } from './content.ts'
import { messageObject } from './objects.ts'
import type { Parts } from './parts.ts'
import type { Place, Roster } from './roster.ts'

type Chat = Pick<Parts, 'roster' | 'log' | 'whispers'>

const writable = (roster: Roster, place: Place | undefined): Read<Place> => {
  if (place === undefined) return failure('channel_not_found')
  return place.members.includes(roster.seed.bot.id) ? { ok: true, value: place } : failure('not_in_channel')
}

/** `chat.postMessage`: to a channel by id, or to a person by user id, which answers the id of the direct conversation. */
export const postMessage = async ({ roster, log }: Chat, given: unknown) => {
  const args = readArgs(methodArgs.postMessage, given)
  if (!args.ok) return args
  const { channel, thread_ts: threadTs } = args.value
  const place = writable(roster, roster.place(channel) ?? roster.direct(channel))
  if (!place.ok) return place
  const content = readContent(args.value)
  if (!content.ok) return content
  const { id } = place.value
  if (threadTs !== undefined && log.find(id, threadTs) === undefined) return failure('thread_not_found')
  const thread = threadTs === undefined ? {} : { threadTs }
  const message = await log.post(id, { ...content.value, ...thread, user: roster.seed.bot.id })
  return { ok: true, channel: id, ts: message.ts, message: messageObject(roster.seed, message) }
}

/** `chat.update`: only the bot's own messages, and only by the conversation's own id. Text without blocks removes the blocks. */
export const updateMessage = async ({ roster, log }: Chat, given: unknown) => {
  const args = readArgs(methodArgs.update, given)
  if (!args.ok) return args
  const place = writable(roster, roster.place(args.value.channel))
  if (!place.ok) return place
  const old = log.find(place.value.id, args.value.ts)
  if (old === undefined) return failure('message_not_found')
  if (old.user !== roster.seed.bot.id) return failure('cant_update_message')
  const content = readContent(args.value)
  if (!content.ok) return content
  const replaced = await log.replace(place.value.id, old.ts, content.value)
  if (replaced === undefined) return failure('message_not_found')
  const { ts, ...message } = messageObject(roster.seed, replaced)
  return { ok: true, channel: place.value.id, ts, text: replaced.text, message }
}

/** `chat.delete`: only the bot's own messages, and only by the conversation's own id. */
export const deleteMessage = async (
  { roster, log }: Chat,
  given: unknown,
): Promise<ChatDeleteResponse | ApiFailure> => {
  const args = readArgs(methodArgs.delete, given)
  if (!args.ok) return args
  const { channel, ts } = args.value
  const place = writable(roster, roster.place(channel))
  if (!place.ok) return place
  const { id } = place.value
  const old = log.find(id, ts)
  if (old !== undefined && old.user !== roster.seed.bot.id) return failure('cant_delete_message')
  return (await log.remove(id, ts)) ? { ok: true, channel: id, ts } : failure('message_not_found')
}

/** `chat.postEphemeral`: to somebody who is in the conversation. */
export const postEphemeral = (
  { roster, whispers }: Chat,
  given: unknown,
): ChatPostEphemeralResponse | ApiFailure => {
  const args = readArgs(methodArgs.postEphemeral, given)
  if (!args.ok) return args
  const place = writable(roster, roster.place(args.value.channel))
  if (!place.ok) return place
  if (!place.value.members.includes(args.value.user)) return failure('user_not_in_channel')
  const content = readContent(args.value)
  if (!content.ok) return content
  const message = whispers.add(args.value.user, place.value.id, {
    ...content.value,
    user: roster.seed.bot.id,
  })
  return { ok: true, message_ts: message.ts }
}
