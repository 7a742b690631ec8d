import { botScopes } from '../../adapters/slack/scopes.ts'
import type { Channels } from '../../core/policy/policy.ts'
import type { Check } from '../check.ts'
import type { Examined } from '../examined.ts'
import { ok, unchecked, warning, wrong, type Finding } from '../finding.ts'
import { readChannel, readSelf, type SlackChannel } from '../slack-answers.schema.ts'
import { callSlack, type SlackCall } from '../slack-call.ts'

const part = 'Slack'

/** Slack: the tokens, what they may do, and who reads the channels of the policy. */
export function slackChecks(examined: Examined): readonly Check[] {
  const { program, has } = examined
  const isBot = program !== 'worker'
  const overSocket = isBot && has('SLACK_APP_TOKEN')
  return [
    { part, name: 'slack.token', look: async () => judgeToken(await call(examined, 'auth.test')) },
    { part, name: 'slack.scopes', look: async () => judgeScopes((await call(examined, 'auth.test')).scopes) },
    ...(overSocket ? [{ part, name: 'slack.socket', look: () => lookAtSocket(examined) } as const] : []),
    { part, name: 'slack.channels', look: () => lookAtChannels(examined) },
    ...(isBot ? [{ part, name: 'slack.app', look: () => byHand(overSocket) } as const] : []),
  ]
}

async function call(
  { setting }: Examined,
  method: string,
  args?: Readonly<Record<string, string>>,
): Promise<SlackCall> {
  return callSlack(setting('SLACK_API_URL'), setting('SLACK_BOT_TOKEN'), method, args)
}

/** Judges whose token this is. */
export function judgeToken({ answer, body }: Pick<SlackCall, 'answer' | 'body'>): readonly Finding[] {
  const self = readSelf(body)
  if (!answer.ok || self === undefined)
    return [
      wrong(
        `Slack does not take SLACK_BOT_TOKEN (${answer.error ?? 'unreadable'}).`,
        'Copy the Bot User OAuth Token (xoxb-...) anew from OAuth & Permissions; if it was revoked, install the app again.',
      ),
    ]
  if (self.bot_id === undefined)
    return [
      wrong(
        'SLACK_BOT_TOKEN is the token of a person, not of the app.',
        'Take the Bot User OAuth Token (xoxb-...).',
      ),
    ]
  return [ok(`The bot token is that of @${self.user} in ${self.team}.`)]
}

/** What does not work without each. */
const without: Readonly<Record<(typeof botScopes)[number], string>> = {
  commands: 'nobody can type a command',
  'chat:write': 'no card, no answer and no reminder is posted',
  'users:read': 'nobody who types or presses anything is known',
  'users:read.email': 'no Slack account can be matched to a person of the directory',
  'channels:read': 'it is not known who reads a public channel of the policy, and nothing starts',
  'groups:read': 'it is not known who reads a private channel of the policy, and nothing starts',
}

const installAgain =
  'in the app’s manifest (`hallpass manifest` prints it), then install the app again: a token keeps the scopes of its day.'

/** Judges what the bot token may do, from the header that every answer of Slack has. */
export function judgeScopes(scopes: readonly string[] | undefined): readonly Finding[] {
  if (scopes === undefined)
    return [unchecked('Slack does not say what the bot token may do.', 'See OAuth & Permissions of the app.')]
  const missing = botScopes.filter((scope) => !scopes.includes(scope))
  const surplus = scopes.filter((scope) => !botScopes.some((known) => known === scope))
  return [
    ...(missing.length === 0 ? [ok(`The bot token has the ${botScopes.length} scopes that it needs.`)] : []),
    ...missing.map((scope) =>
      wrong(`The scope ${scope} is missing: ${without[scope]}.`, `Add it ${installAgain}`),
    ),
    ...surplus.map((scope) =>
      warning(
        `The scope ${scope} is not needed: nothing calls what it allows.`,
        `Take it out ${installAgain}`,
      ),
    ),
  ]
}

async function lookAtSocket({ setting }: Examined): Promise<readonly Finding[]> {
  const token = setting('SLACK_APP_TOKEN')
  // It reserves an address that is gone after half a minute when nobody connects to it.
  return judgeSocket((await callSlack(setting('SLACK_API_URL'), token, 'apps.connections.open')).answer)
}

/** Judges whether Slack would open a socket. */
export function judgeSocket({ ok: opened, error = 'unreadable' }: SlackCall['answer']): readonly Finding[] {
  if (opened) return [ok('Slack opens a socket for the app (Socket Mode).')]
  const fix =
    error === 'missing_scope'
      ? 'Give the app-level token the scope connections:write.'
      : 'Make an app-level token (xapp-...) with connections:write under Basic Information, and switch Socket Mode on.'
  return [wrong(`Slack opens no socket with SLACK_APP_TOKEN (${error}).`, fix)]
}

async function lookAtChannels(examined: Examined): Promise<readonly Finding[]> {
  const { channels, fraud } = (await examined.policy()).policy
  const named = { ...channels, ...(fraud.escalateTo && { escalateTo: fraud.escalateTo }) }
  const found = await Promise.all(
    Object.entries(named).map(async ([name, id]) => {
      const { answer, body } = await call(examined, 'conversations.info', { channel: id })
      return judgeChannel({ name, id }, answer.ok ? readChannel(body) : (answer.error ?? 'unreadable'))
    }),
  )
  return found.flat()
}

type Named = { readonly name: keyof Channels | (string & {}); readonly id: string }

/** Judges a channel of the policy, or Slack's word for why it says nothing of it. */
export function judgeChannel(
  { name, id }: Named,
  channel: SlackChannel | string | undefined,
): readonly Finding[] {
  const said =
    name === 'escalateTo'
      ? `fraud.escalateTo of the policy, ${id},`
      : `channels.${name} of the policy, ${id},`
  if (channel === undefined || typeof channel === 'string')
    return [
      wrong(
        `${said} can’t be seen (${channel ?? 'unreadable'}).`,
        'Write the id of a channel that exists (C...), not its name; a private one is seen only when the app is in it.',
      ),
    ]
  const called = `${said} #${channel.name},`
  const bad = [
    ...(channel.is_archived ? [wrong(`${called} is archived.`, 'Name another channel, or restore it.')] : []),
    ...(isShared(channel)
      ? [
          wrong(
            `${called} is shared with another company, or one is invited: its people would read who is locked out.`,
            'Name a channel of your own.',
          ),
        ]
      : []),
    ...(channel.is_member
      ? []
      : [
          wrong(
            `The app is not in ${called.slice(0, -1)}: it could not post there.`,
            `/invite it in #${channel.name}.`,
          ),
        ]),
  ]
  return bad.length > 0 ? bad : [ok(`${called} is ours, and the app is in it.`)]
}

function isShared(channel: SlackChannel): boolean {
  const isForeign = channel.is_shared && !channel.is_org_shared
  return channel.is_ext_shared || channel.is_pending_ext_shared || isForeign
}

/** What no token can ask Slack. */
function byHand(overSocket: boolean): readonly Finding[] {
  const way = overSocket ? 'with Socket Mode on' : 'and with your address for each'
  return [
    unchecked(
      'Whether the commands and interactivity are switched on can’t be asked with the app’s tokens.',
      `Compare the app’s manifest at api.slack.com/apps with what \`hallpass manifest\` prints, ${way}; then type /tap help. Another app with the same command answers? It was installed later: choose another name.`,
    ),
  ]
}
