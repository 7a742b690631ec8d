import type {
  AuthTestResponse,
  ConversationsOpenResponse,
  UsergroupsUsersListResponse,
  UsersInfoResponse,
  UsersLookupByEmailResponse,
} from '@slack/web-api'
import { methodArgs } from './args.schema.ts'
import { type ApiFailure, failure, readArgs } from './content.ts'
import { botMember, userObject } from './objects.ts'
import type { Roster } from './roster.ts'

/** `auth.test`: who the token belongs to. */
export const authTest = ({ seed }: Roster, given: unknown): AuthTestResponse | ApiFailure => {
  const args = readArgs(methodArgs.none, given)
  if (!args.ok) return args
  return {
    ok: true,
    url: `https://${seed.team.domain}.slack.com/`,
    team: seed.team.name,
    user: seed.bot.handle,
    team_id: seed.team.id,
    user_id: seed.bot.id,
    bot_id: seed.bot.botId,
    is_enterprise_install: false,
  }
}

/** `users.info`: any account, also deactivated and foreign ones. */
export const usersInfo = (roster: Roster, given: unknown): UsersInfoResponse | ApiFailure => {
  const args = readArgs(methodArgs.usersInfo, given)
  if (!args.ok) return args
  const { user, include_locale: locale } = args.value
  const member = user === roster.seed.bot.id ? botMember(roster.seed) : roster.member(user)
  if (member === undefined) return failure('user_not_found')
  return {
    ok: true,
    user: { ...userObject(roster.seed, member), ...(locale === true ? { locale: 'en-GB' } : {}) },
  }
}

/** `users.lookupByEmail`: active accounts of people, whatever the case of the letters. */
export const lookupByEmail = (roster: Roster, given: unknown): UsersLookupByEmailResponse | ApiFailure => {
  const args = readArgs(methodArgs.lookupByEmail, given)
  if (!args.ok) return args
  const email = args.value.email.toLowerCase()
  const member = roster.seed.members.find((each) => each.email === email)
  if (member === undefined || member.kind === 'deactivated' || member.kind === 'bot') {
    return failure('users_not_found')
  }
  return { ok: true, user: userObject(roster.seed, member) }
}

/** `usergroups.users.list`: the members of a user group by its id. */
export const groupUsers = (roster: Roster, given: unknown): UsergroupsUsersListResponse | ApiFailure => {
  const args = readArgs(methodArgs.groupUsers, given)
  if (!args.ok) return args
  const group = roster.seed.groups.find(({ id }) => id === args.value.usergroup)
  return group === undefined ? failure('no_such_subteam') : { ok: true, users: [...group.members] }
}

/** `conversations.open`: the direct conversation with one person. */
export const openConversation = (roster: Roster, given: unknown): ConversationsOpenResponse | ApiFailure => {
  const args = readArgs(methodArgs.conversationsOpen, given)
  if (!args.ok) return args
  const member = roster.member(args.value.users)
  if (member === undefined) return failure('user_not_found')
  if (member.kind === 'bot') return failure('cannot_dm_bot')
  if (member.kind === 'deactivated') return failure('user_disabled')
  const place = roster.direct(member.id)
  return place === undefined ? failure('user_not_visible') : { ok: true, channel: { id: place.id } }
}
