import type { ConversationsInfoResponse } from '@slack/web-api'
import { methodArgs } from './args.schema.ts'
import { type ApiFailure, failure, readArgs } from './content.ts'
import type { Roster } from './roster.ts'
import { scopeMissing } from './scopes.ts'
import type { WorkspaceSeed } from './seed.ts'

const sharedWith = (shared: WorkspaceSeed['channels'][number]['shared']) => ({
  is_shared: shared === 'ext' || shared === 'org',
  is_ext_shared: shared === 'ext',
  is_org_shared: shared === 'org',
  is_pending_ext_shared: shared === 'pending',
})

/** `conversations.info`: a channel. A private one is there only for a bot that is in it. */
export const conversationInfo = (roster: Roster, given: unknown): ConversationsInfoResponse | ApiFailure => {
  const args = readArgs(methodArgs.conversationsInfo, given)
  if (!args.ok) return args
  const { channels, scopes, bot, team } = roster.seed
  const channel = channels.find(({ id }) => id === args.value.channel)
  if (channel === undefined) return failure('channel_not_found')
  const isMember = channel.members.includes(bot.id)
  const isPrivate = channel.private === true
  if (isPrivate && !isMember) return failure('channel_not_found')
  const scope = isPrivate ? 'groups:read' : 'channels:read'
  if (!scopes.includes(scope)) return scopeMissing(scopes, scope)
  const { id, name, shared } = channel
  return {
    ok: true,
    channel: {
      id,
      name,
      name_normalized: name,
      is_channel: !isPrivate,
      is_group: isPrivate,
      is_im: false,
      is_mpim: false,
      is_private: isPrivate,
      is_archived: false,
      is_member: isMember,
      ...sharedWith(shared),
      context_team_id: team.id,
    },
  }
}
