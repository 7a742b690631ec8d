import { reply } from './args.schema.ts'
import { type ApiFailure, failure, readArgs, readContent } from './content.ts'
import type { Content } from './message.ts'
import type { Parts } from './parts.ts'
import type { ResponseTarget } from './response-urls.ts'

type Stage = Pick<Parts, 'roster' | 'log' | 'whispers'>

type Done = { readonly ok: true } | ApiFailure

type Original = NonNullable<ResponseTarget['original']>

const done = (found: boolean): Done => (found ? { ok: true } : failure('message_not_found'))

const remove = async ({ log, whispers }: Stage, target: ResponseTarget, { ts, ephemeral }: Original) =>
  done(ephemeral ? whispers.remove(target.user, ts) : await log.remove(target.place, ts))

const replace = async (
  { log, whispers }: Stage,
  target: ResponseTarget,
  { ts, ephemeral }: Original,
  content: Content,
): Promise<Done> =>
  done(
    ephemeral
      ? whispers.replace(target.user, ts, content)
      : (await log.replace(target.place, ts, content)) !== undefined,
  )

/**
 * Carries out what an app posts to a response URL or answers to a command: a message that only the person sees unless
 * it says `in_channel`, or a change of the message acted on. Works where the bot is no member, as in Slack.
 */
export const applyReply = async (stage: Stage, target: ResponseTarget, given: unknown): Promise<Done> => {
  const args = readArgs(reply, given)
  if (!args.ok) return args
  const { original } = target
  if (args.value.delete_original === true) {
    return original === undefined ? failure('message_not_found') : remove(stage, target, original)
  }
  const content = readContent(args.value)
  if (!content.ok) return content
  if (args.value.replace_original === true && original !== undefined) {
    return replace(stage, target, original, content.value)
  }
  const draft = { ...content.value, user: stage.roster.seed.bot.id }
  if (args.value.response_type === 'in_channel') await stage.log.post(target.place, draft)
  else stage.whispers.add(target.user, target.place, draft)
  return { ok: true }
}
