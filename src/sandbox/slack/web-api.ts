import { methodArgs } from './args.schema.ts'
import { failure, readArgs } from './content.ts'
import type { Parts } from './parts.ts'
import { deleteMessage, postEphemeral, postMessage, updateMessage } from './web-api-chat.ts'
import { conversationInfo } from './web-api-channels.ts'
import { authTest, groupUsers, lookupByEmail, openConversation, usersInfo } from './web-api-people.ts'
import { missingScope } from './scopes.ts'
import { openView, updateView } from './web-api-views.ts'

/** What a method answers: `ok`, an error name when it is false, and what belongs to the method. */
export type ApiAnswer = { readonly ok: boolean; readonly error?: string }

/** The one method that takes the app's own token, and no other. */
const connectionsOpen = 'apps.connections.open'

const openConnection = (open: () => ApiAnswer, given: unknown): ApiAnswer => {
  const args = readArgs(methodArgs.none, given)
  return args.ok ? open() : args
}

type Method = (args: unknown) => ApiAnswer | Promise<ApiAnswer>

/** The tokens of the app, and what the one that is the app's own opens. */
export type Doors = {
  readonly botToken: string
  readonly appToken?: string
  readonly openSocket: () => ApiAnswer
}

/** Slack's Web API for one bot: answers a call, given its arguments without the token. */
export const createWebApi = (
  parts: Parts,
  { botToken, appToken, openSocket }: Doors,
): ((method: string, args: unknown, token: string | undefined) => Promise<ApiAnswer>) => {
  const { roster } = parts
  const methods: ReadonlyMap<string, Method> = new Map<string, Method>([
    ['auth.test', (args) => authTest(roster, args)],
    ['chat.postMessage', (args) => postMessage(parts, args)],
    ['chat.update', (args) => updateMessage(parts, args)],
    ['chat.delete', (args) => deleteMessage(parts, args)],
    ['chat.postEphemeral', (args) => postEphemeral(parts, args)],
    ['views.open', (args) => openView(parts, args)],
    ['views.update', (args) => updateView(parts, args)],
    ['users.info', (args) => usersInfo(roster, args)],
    ['users.lookupByEmail', (args) => lookupByEmail(roster, args)],
    ['usergroups.users.list', (args) => groupUsers(roster, args)],
    ['conversations.info', (args) => conversationInfo(roster, args)],
    ['conversations.open', (args) => openConversation(roster, args)],
    [connectionsOpen, (args) => openConnection(openSocket, args)],
  ])
  return async (name, args, token) => {
    const method = methods.get(name)
    if (method === undefined) return failure('unknown_method')
    if (token === undefined) return failure('not_authed')
    if (token !== botToken && (token !== appToken || appToken === undefined)) return failure('invalid_auth')
    const isForTheApp = name === connectionsOpen
    if (isForTheApp !== (token === appToken)) return failure('not_allowed_token_type')
    return missingScope(roster.seed, name) ?? method(args)
  }
}
