import type { SeedMember, WorkspaceSeed } from './seed.ts'

/** A place where messages stand: a channel, or the direct messages between the bot and one person. */
export type Place = {
  readonly id: string
  readonly kind: 'channel' | 'dm'
  readonly name: string
  readonly members: readonly string[]
}

/** Who is in the workspace and which conversations there are: everything that no message changes. */
export type Roster = {
  readonly seed: WorkspaceSeed
  readonly member: (id: string) => SeedMember | undefined
  readonly place: (id: string) => Place | undefined
  /** The direct messages between the bot and a person; undefined for accounts that the bot cannot write to. */
  readonly direct: (user: string) => Place | undefined
  readonly placesOf: (user: string) => readonly Place[]
}

const reachable = ({ kind }: SeedMember): boolean =>
  kind === 'person' || kind === 'guest' || kind === 'unconfirmed'

/** Makes a seed searchable. The id of a direct conversation follows from the person's: D0DANA for U0DANA. */
export const createRoster = (seed: WorkspaceSeed): Roster => {
  const members = new Map(seed.members.map((member) => [member.id, member]))
  const channels: readonly Place[] = seed.channels.map((channel) => ({ ...channel, kind: 'channel' }))
  const directs: readonly Place[] = seed.members.filter(reachable).map(({ id }) => ({
    id: `D${id.slice(1)}`,
    kind: 'dm',
    name: seed.bot.name,
    members: [id, seed.bot.id],
  }))
  const places = new Map([...channels, ...directs].map((place) => [place.id, place]))
  return {
    seed,
    member: (id) => members.get(id),
    place: (id) => places.get(id),
    direct: (user) => directs.find((place) => place.members.includes(user)),
    placesOf: (user) => [...places.values()].filter((place) => place.members.includes(user)),
  }
}
