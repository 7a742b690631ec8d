import { z } from 'zod'
import type { CardPlace, SlackProfile } from '../../core/ports.ts'

const posted = z.object({ channel: z.string().min(1), ts: z.string().min(1) })

/** Where `chat.postMessage` put the message. */
export function readPlace(answer: unknown): CardPlace | undefined {
  const found = posted.safeParse(answer).data
  return found && { channel: found.channel, ts: found.ts }
}

const self = z.object({ team_id: z.string().min(1) })

/** The workspace that the token belongs to, from `auth.test`. */
export function readTeam(answer: unknown): string | undefined {
  return self.safeParse(answer).data?.team_id
}

const described = z.object({
  user: z.object({
    id: z.string().min(1),
    team_id: z.string().min(1),
    name: z.string().default(''),
    deleted: z.boolean().default(false),
    is_bot: z.boolean().default(false),
    is_workflow_bot: z.boolean().default(false),
    is_connector_bot: z.boolean().default(false),
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
    is_stranger: z.boolean().default(false),
    is_email_confirmed: z.boolean().default(false),
    profile: z.object({ real_name: z.string().default(''), email: z.string().nullish() }),
  }),
})

/**
 * The account that `users.info` or `users.lookupByEmail` describes, seen from our team. Slack leaves out what does not
 * apply: an account counts as a full member only when Slack says of it that it is no guest.
 */
export function readProfile(answer: unknown, ownTeam: string): SlackProfile | undefined {
  const user = described.safeParse(answer).data?.user
  if (user === undefined) return undefined
  const { profile } = user
  return {
    team: user.team_id,
    user: user.id,
    name: profile.real_name || user.name,
    mailConfirmed: user.is_email_confirmed,
    // Slackbot is the one bot that Slack does not call one.
    bot: user.is_bot || user.is_workflow_bot || user.is_connector_bot || user.id === 'USLACKBOT',
    guest: user.is_restricted !== false || user.is_ultra_restricted !== false,
    deactivated: user.deleted,
    foreign: user.team_id !== ownTeam || user.is_stranger,
    ...(profile.email ? { mail: profile.email } : {}),
  }
}

const channel = z.object({
  channel: z.object({
    is_ext_shared: z.boolean(),
    is_pending_ext_shared: z.boolean().default(false),
    is_shared: z.boolean().default(false),
    is_org_shared: z.boolean().default(false),
  }),
})

/** Whether people of other companies read a channel, or are invited to, from `conversations.info`. */
export function readIsShared(answer: unknown): boolean | undefined {
  const found = channel.safeParse(answer).data?.channel
  if (found === undefined) return undefined
  const isOurs = !found.is_shared || found.is_org_shared
  return found.is_ext_shared || found.is_pending_ext_shared || !isOurs
}

const frame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('disconnect') }),
  ...(['slash_commands', 'interactive', 'events_api'] as const).map((type) =>
    z.object({
      type: z.literal(type),
      envelope_id: z.string().min(1),
      payload: z.record(z.string(), z.unknown()),
    }),
  ),
])

/** What Slack says on a socket and we act on; undefined for everything else. */
export function readFrame(text: string): z.output<typeof frame> | undefined {
  try {
    return frame.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
