import type { Conversation, Member, Message, View2, Workspace } from '../page-api.ts'
import { locate } from './element-state.ts'
import type { PostedMessage } from './message.ts'
import { botMember } from './objects.ts'
import type { Parts } from './parts.ts'
import type { Place } from './roster.ts'
import type { SeedMember } from './seed.ts'

type Seen = Pick<Parts, 'roster' | 'log' | 'whispers' | 'modals'>

const BADGES: Readonly<Record<SeedMember['kind'], Member['badge']>> = {
  person: 'none',
  unconfirmed: 'none',
  bot: 'bot',
  guest: 'guest',
  deactivated: 'deactivated',
  foreign: 'external',
}

const asksForAClick = (message: PostedMessage | undefined): boolean =>
  locate(message?.blocks ?? []).some(
    ({ block, element }) =>
      block.type === 'actions' && element.type === 'button' && element.style === 'primary',
  )

const shownMember = ({ roster, log }: Seen, member: SeedMember): Member => ({
  id: member.id,
  handle: member.handle,
  name: member.name,
  title: member.title,
  persona: member.persona,
  badge: BADGES[member.kind],
  turn:
    member.kind !== 'bot' &&
    roster.placesOf(member.id).some(({ kind, id }) => kind === 'dm' && asksForAClick(log.in(id).at(-1))),
})

const shownMessage = (message: PostedMessage, ephemeral: boolean): Message => ({
  ts: message.ts,
  user: message.user,
  text: message.text,
  blocks: message.blocks,
  edited: message.editedAt !== undefined,
  ephemeral,
  ...(message.threadTs !== undefined && { thread: message.threadTs }),
})

/** A thread stands under what it began with. */
const inThreads = (one: Message, other: Message): number =>
  Number(one.thread ?? one.ts) - Number(other.thread ?? other.ts) || Number(one.ts) - Number(other.ts)

const shownConversation = ({ log, whispers }: Seen, place: Place, user: string): Conversation => ({
  id: place.id,
  kind: place.kind,
  name: place.name,
  messages: [
    ...log.in(place.id).map((message) => shownMessage(message, false)),
    ...whispers
      .for(user)
      .filter((whisper) => whisper.place === place.id)
      .map(({ message }) => shownMessage(message, true)),
  ].toSorted(inThreads),
})

/** The workspace as one person sees it. Throws for an id that is no account. */
export const workspaceOf = (seen: Seen, user: string): Workspace => {
  const { roster, modals } = seen
  const me = roster.member(user)
  if (me === undefined) throw new Error(`No account ${user}`)
  return {
    team: { id: roster.seed.team.id, name: roster.seed.team.name },
    me: shownMember(seen, me),
    members: [...roster.seed.members, botMember(roster.seed)].map((member) => shownMember(seen, member)),
    conversations: roster.placesOf(user).map((place) => shownConversation(seen, place, user)),
    modals: modals.stack(user).map(({ view, id, hash, errors }): View2 => ({ ...view, id, hash, errors })),
    commands: roster.seed.commands.map(({ command, usage, description }) => ({
      command,
      usage,
      description,
    })),
  }
}
