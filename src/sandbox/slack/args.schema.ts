import { z } from 'zod'

const id = z.string().min(1)

// Accepted because clients send them; they change nothing that this workspace shows.
const display = {
  unfurl_links: z.unknown().optional(),
  unfurl_media: z.unknown().optional(),
  link_names: z.unknown().optional(),
  parse: z.unknown().optional(),
  mrkdwn: z.unknown().optional(),
}

const content = { text: z.string().exactOptional(), blocks: z.unknown().optional() }

/** The arguments of the Web API methods that the workspace has; any other argument is refused, not ignored. */
export const methodArgs = {
  none: z.strictObject({}),
  postMessage: z.strictObject({ channel: id, thread_ts: id.exactOptional(), ...content, ...display }),
  update: z.strictObject({ channel: id, ts: id, ...content, ...display }),
  delete: z.strictObject({ channel: id, ts: id }),
  postEphemeral: z.strictObject({ channel: id, user: id, ...content, ...display }),
  viewsOpen: z.strictObject({ trigger_id: id, view: z.unknown() }),
  viewsUpdate: z.strictObject({ view_id: id, view: z.unknown(), hash: id.exactOptional() }),
  usersInfo: z.strictObject({
    user: id,
    include_locale: z
      .union([z.boolean(), z.enum(['true', 'false', '1', '0'])])
      .transform((flag) => flag === true || flag === 'true' || flag === '1')
      .exactOptional(),
  }),
  lookupByEmail: z.strictObject({ email: id }),
  groupUsers: z.strictObject({ usergroup: id }),
  conversationsInfo: z.strictObject({ channel: id }),
  conversationsOpen: z.strictObject({ users: id }),
}

/** What an app posts to a response URL, or answers to a slash command. */
export const reply = z.strictObject({
  ...content,
  ...display,
  response_type: z.enum(['ephemeral', 'in_channel']).exactOptional(),
  replace_original: z.boolean().exactOptional(),
  delete_original: z.boolean().exactOptional(),
  thread_ts: id.exactOptional(),
})

/** What an app answers to a submission; nothing, or an empty object, closes the view. */
export const submissionAnswer = z.union([
  z.undefined(),
  z.strictObject({}),
  z.discriminatedUnion('response_action', [
    z.strictObject({ response_action: z.literal('clear') }),
    z.strictObject({
      response_action: z.literal('errors'),
      errors: z.record(z.string(), z.string().min(1)),
    }),
    z.strictObject({ response_action: z.enum(['update', 'push']), view: z.unknown() }),
  ]),
])

/** What an app says on a connection. */
export const acknowledgement = z.strictObject({
  envelope_id: id,
  payload: z.record(z.string(), z.unknown()).exactOptional(),
})
