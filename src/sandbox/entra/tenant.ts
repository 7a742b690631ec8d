import { coalesced } from '../state-store.ts'
import type { StateStore } from '../state-store.ts'
import { seedState } from './seed.ts'
import { parseDirectoryState } from './state.schema.ts'
import type { DirectoryState, DirectoryUser, Group, Session } from './state.schema.ts'

/** The directory's state, its clock and everybody who wants to hear of a change. */
export type Tenant = {
  readonly state: () => DirectoryState
  /** The directory's own clock, epoch milliseconds: real time plus what was let pass. */
  readonly now: () => number
  /** Applies a change at once, tells the listeners, and resolves when it is stored. */
  readonly change: (next: (state: DirectoryState) => DirectoryState) => Promise<void>
  /** Applies a change to one user. */
  readonly changeUser: (id: string, next: (user: DirectoryUser) => DirectoryUser) => Promise<void>
  readonly subscribe: (listener: () => void) => () => void
  /** Resolves when everything that was changed is stored. */
  readonly settled: () => Promise<void>
}

/** Opens the directory from its store, or founds it from the seed; a damaged saved state is an error. */
export async function openTenant(store: StateStore, realNow: () => number): Promise<Tenant> {
  const saved = await store.load()
  let state = saved === undefined ? seedState(realNow()) : parseDirectoryState(saved)
  const stored = coalesced(() => store.save(state))
  const listeners = new Set<() => void>()

  const change: Tenant['change'] = (next) => {
    state = next(state)
    for (const listener of listeners) listener()
    return stored()
  }
  await stored()
  return {
    state: () => state,
    now: () => realNow() + state.clockOffsetMs,
    change,
    changeUser: (id, next) =>
      change((current) => ({
        ...current,
        users: current.users.map((user) => (user.profile.id === id ? next(user) : user)),
      })),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    settled: stored,
  }
}

/** The user with this object id or user principal name; neither is case-sensitive in the directory. */
export function findUser(state: DirectoryState, key: string): DirectoryUser | undefined {
  const wanted = key.toLowerCase()
  return state.users.find(
    ({ profile }) => profile.id === wanted || profile.userPrincipalName.toLowerCase() === wanted,
  )
}

/**
 * The sessions that are not refused. Blocking refuses them only while it lasts: those that nobody revoked work again
 * afterwards.
 */
export function workingSessions(state: DirectoryState, key: string): readonly Session[] {
  const user = findUser(state, key)
  return user?.profile.accountEnabled === true ? user.sessions : []
}

/** The groups that a user is a member of. */
export function groupsOfUser(state: DirectoryState, userId: string): readonly Group[] {
  return state.groups.filter((group) => group.members.includes(userId))
}
