import type { Located } from './element-state.ts'
import { stateOf, stateValues } from './element-state.ts'
import type { PostedMessage } from './message.ts'
import type { OpenView } from './modals.ts'
import { messageObject, teamOf, viewObject } from './objects.ts'
import type { Place } from './roster.ts'
import type { SeedMember, WorkspaceSeed } from './seed.ts'

// The token that Slack sends for the days before signatures; nobody should look at it.
const LEGACY_TOKEN = 'legacy-verification-token'

const named = (place: Place): string => (place.kind === 'dm' ? 'directmessage' : place.name)

/** The form of a slash command. */
export const commandForm = (
  seed: WorkspaceSeed,
  person: SeedMember,
  place: Place,
  said: {
    readonly command: string
    readonly text: string
    readonly responseUrl: string
    readonly triggerId: string
  },
): Readonly<Record<string, string>> => ({
  token: LEGACY_TOKEN,
  team_id: seed.team.id,
  team_domain: seed.team.domain,
  channel_id: place.id,
  channel_name: named(place),
  user_id: person.id,
  user_name: person.handle,
  command: said.command,
  text: said.text,
  api_app_id: seed.bot.appId,
  is_enterprise_install: 'false',
  response_url: said.responseUrl,
  trigger_id: said.triggerId,
})

const common = (seed: WorkspaceSeed, person: SeedMember) => ({
  team: { id: seed.team.id, domain: seed.team.domain },
  user: {
    id: person.id,
    username: person.handle,
    name: person.handle,
    team_id: teamOf(seed, person),
  },
  api_app_id: seed.bot.appId,
  token: LEGACY_TOKEN,
  enterprise: null,
  is_enterprise_install: false,
})

/** One entry of `actions`: a button as it is, any other element by what was chosen. */
export const actionOf = (
  { block, actionId, element }: Located,
  reported: Readonly<Record<string, unknown>> | undefined,
  actionTs: string,
) => ({
  ...(element.type === 'button' ? element : stateOf(element, reported)),
  type: element.type,
  action_id: actionId,
  block_id: block.block_id,
  action_ts: actionTs,
})

type Action = ReturnType<typeof actionOf>

/** `block_actions` from a message. Of an ephemeral one Slack tells only where it stood. */
export const messageActionPayload = (
  seed: WorkspaceSeed,
  person: SeedMember,
  on: { readonly place: Place; readonly message: PostedMessage; readonly ephemeral: boolean },
  sent: {
    readonly action: Action
    readonly values: Parameters<typeof stateValues>[1]
    readonly triggerId: string
    readonly responseUrl: string
  },
) => ({
  type: 'block_actions',
  ...common(seed, person),
  container: {
    type: 'message',
    message_ts: on.message.ts,
    channel_id: on.place.id,
    is_ephemeral: on.ephemeral,
  },
  channel: { id: on.place.id, name: named(on.place) },
  ...(on.ephemeral ? {} : { message: messageObject(seed, on.message) }),
  state: { values: stateValues(on.message.blocks, sent.values) },
  trigger_id: sent.triggerId,
  response_url: sent.responseUrl,
  actions: [sent.action],
})

/** `block_actions` from a view. */
export const viewActionPayload = (
  seed: WorkspaceSeed,
  person: SeedMember,
  open: OpenView,
  sent: { readonly action: Action; readonly triggerId: string },
) => ({
  type: 'block_actions',
  ...common(seed, person),
  container: { type: 'view', view_id: open.id },
  view: viewObject(seed, open),
  trigger_id: sent.triggerId,
  actions: [sent.action],
})

/** `view_submission`. */
export const submissionPayload = (
  seed: WorkspaceSeed,
  person: SeedMember,
  open: OpenView,
  triggerId: string,
) => ({
  type: 'view_submission',
  ...common(seed, person),
  trigger_id: triggerId,
  view: viewObject(seed, open),
  response_urls: [],
})

/** `view_closed`; `is_cleared` says that the whole stack went at once. */
export const closedPayload = (seed: WorkspaceSeed, person: SeedMember, open: OpenView, cleared: boolean) => ({
  type: 'view_closed',
  ...common(seed, person),
  view: viewObject(seed, open),
  is_cleared: cleared,
})
