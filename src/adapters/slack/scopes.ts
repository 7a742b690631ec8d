/** The scopes of the bot token: no more than the methods need that are called. */
export const botScopes = [
  'commands',
  'chat:write',
  'users:read',
  'users:read.email',
  // Who reads the channels of the policy.
  'channels:read',
  'groups:read',
] as const
