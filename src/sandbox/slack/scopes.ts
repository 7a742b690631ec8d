import { type ApiFailure, failure } from './content.ts'
import type { WorkspaceSeed } from './seed.ts'

/** The scope that each method needs; the others need none. */
const needed: Readonly<Record<string, string>> = {
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'chat.delete': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'users.info': 'users:read',
  'users.lookupByEmail': 'users:read.email',
  'usergroups.users.list': 'usergroups:read',
  'conversations.open': 'im:write',
}

/** The refusal of a method whose scope the bot does not have; undefined when it has it. */
export const missingScope = (
  { scopes }: WorkspaceSeed,
  method: string,
): (ApiFailure & { readonly needed: string; readonly provided: string }) | undefined => {
  const scope = needed[method]
  return scope === undefined || scopes.includes(scope) ? undefined : scopeMissing(scopes, scope)
}

/** The refusal for a scope that the bot does not have. */
export const scopeMissing = (scopes: readonly string[], scope: string) => ({
  ...failure('missing_scope'),
  needed: scope,
  provided: scopes.join(','),
})

/** What every answer of the Web API says to the bot's own token: what it may do, and what would have been enough. */
export const scopeHeaders = (
  { scopes }: WorkspaceSeed,
  method: string,
  isBots: boolean,
): Readonly<Record<string, string>> => {
  const scope = needed[method]
  if (!isBots) return {}
  return {
    'x-oauth-scopes': scopes.join(','),
    ...(scope !== undefined && { 'x-accepted-oauth-scopes': scope }),
  }
}
