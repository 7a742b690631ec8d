import { z } from 'zod'

const answer = z.object({
  ok: z.boolean(),
  error: z
    .string()
    .regex(/^[a-z_]{1,60}$/)
    .optional(),
  needed: z.string().optional(),
})

/** Whether a method of the Web API was done, and Slack's word for why not. */
export type SlackAnswer = Readonly<z.output<typeof answer>>

/** Reads any method's answer. */
export function readSlackAnswer(body: unknown): SlackAnswer | undefined {
  return answer.safeParse(body).data
}

const self = z.object({ team: z.string(), user: z.string(), bot_id: z.string().optional() })

/** Whose the token is, from `auth.test`. */
export type SlackSelf = Readonly<z.output<typeof self>>

/** Reads it. */
export function readSelf(body: unknown): SlackSelf | undefined {
  return self.safeParse(body).data
}

const channel = z.object({
  channel: z.object({
    name: z.string(),
    is_member: z.boolean().default(false),
    is_archived: z.boolean().default(false),
    is_ext_shared: z.boolean().default(false),
    is_pending_ext_shared: z.boolean().default(false),
    is_shared: z.boolean().default(false),
    is_org_shared: z.boolean().default(false),
  }),
})

/** A channel, from `conversations.info`. */
export type SlackChannel = Readonly<z.output<typeof channel>['channel']>

/** Reads it. */
export function readChannel(body: unknown): SlackChannel | undefined {
  return channel.safeParse(body).data?.channel
}
