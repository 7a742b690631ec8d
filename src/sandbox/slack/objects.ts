import type { UsersInfoResponse } from '@slack/web-api'
import { stateValues } from './element-state.ts'
import type { PostedMessage } from './message.ts'
import type { OpenView } from './modals.ts'
import type { SeedMember, WorkspaceSeed } from './seed.ts'

type ApiUser = NonNullable<UsersInfoResponse['user']>

const profileOf = (member: SeedMember, team: string): NonNullable<ApiUser['profile']> => {
  const [first = member.name, last = ''] = member.name.split(' ')
  return {
    title: member.title,
    phone: '',
    skype: '',
    real_name: member.name,
    real_name_normalized: member.name,
    display_name: member.handle,
    display_name_normalized: member.handle,
    status_text: '',
    status_emoji: '',
    status_expiration: 0,
    avatar_hash: '',
    first_name: first,
    last_name: last,
    email: member.email,
    team,
  }
}

/** The bot as an account, beside those of the seed. */
export const botMember = ({ bot }: WorkspaceSeed): SeedMember => ({
  id: bot.id,
  handle: bot.handle,
  name: bot.name,
  email: '',
  title: '',
  persona: false,
  kind: 'bot',
})

/** The team an account belongs to. */
export const teamOf = (seed: WorkspaceSeed, member: SeedMember): string =>
  member.kind === 'foreign' ? seed.foreignTeam : seed.team.id

/** Slack's user object. Slackbot is not a bot there: Slack says `is_bot: false` for it. */
export const userObject = (seed: WorkspaceSeed, member: SeedMember): ApiUser => {
  const team = teamOf(seed, member)
  return {
    id: member.id,
    team_id: team,
    name: member.handle,
    deleted: member.kind === 'deactivated',
    color: '9f69e7',
    real_name: member.name,
    tz: 'Europe/Berlin',
    tz_label: 'Central European Time',
    tz_offset: 3600,
    profile: profileOf(member, team),
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: member.kind === 'guest',
    is_ultra_restricted: false,
    is_bot: member.kind === 'bot' && member.id !== 'USLACKBOT',
    is_app_user: false,
    updated: 0,
    is_email_confirmed: member.kind !== 'unconfirmed',
    ...(member.kind === 'foreign' ? { is_stranger: true } : {}),
  }
}

/** Slack's message object. */
export const messageObject = ({ bot, team }: WorkspaceSeed, message: PostedMessage) => ({
  type: 'message',
  user: message.user,
  ts: message.ts,
  team: team.id,
  text: message.text,
  ...(message.blocks.length === 0 ? {} : { blocks: [...message.blocks] }),
  ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
  ...(message.editedAt === undefined ? {} : { edited: { user: bot.botId, ts: message.editedAt } }),
  ...(message.user === bot.id
    ? {
        bot_id: bot.botId,
        app_id: bot.appId,
        bot_profile: {
          id: bot.botId,
          app_id: bot.appId,
          name: bot.name,
          deleted: false,
          updated: 0,
          team_id: team.id,
        },
      }
    : {}),
})

/** Slack's view object, with the state of all its inputs. */
export const viewObject = ({ bot, team }: WorkspaceSeed, open: OpenView) => ({
  id: open.id,
  team_id: team.id,
  type: open.view.type,
  title: open.view.title,
  submit: open.view.submit ?? null,
  close: open.view.close ?? null,
  blocks: open.view.blocks,
  private_metadata: open.view.private_metadata ?? '',
  callback_id: open.view.callback_id ?? '',
  external_id: '',
  state: { values: stateValues(open.view.blocks, open.values) },
  hash: open.hash,
  clear_on_close: open.view.clear_on_close ?? false,
  notify_on_close: open.view.notify_on_close ?? false,
  submit_disabled: false,
  root_view_id: open.root,
  previous_view_id: open.previous,
  app_id: bot.appId,
  app_installed_team_id: team.id,
  bot_id: bot.botId,
})
