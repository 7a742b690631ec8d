import { seedState } from '../../src/sandbox/entra/seed.ts'
import type { DirectoryState } from '../../src/sandbox/entra/state.schema.ts'
import { contoso, type SeedMember, type WorkspaceSeed } from '../../src/sandbox/slack/seed.ts'
import { memoryStore, type StateStore } from '../../src/sandbox/state-store.ts'

/** Somebody of a crowd, as Slack and the directory know them. */
export type Bystander = Pick<SeedMember, 'id' | 'handle' | 'name' | 'email'> & {
  /** The directory's id. */
  readonly objectId: string
}

/** As many more people as a test needs besides those of the sandbox; each has an account in Slack and in the directory. */
export function crowdOf(count: number): readonly Bystander[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(4, '0')
    return {
      id: `U0CROWD${number}`,
      handle: `crowd${number}`,
      name: `Crowd Number${number}`,
      email: `crowd.number${number}@contoso.example`,
      objectId: `00000000-0000-4000-8000-00000000${number}`,
    }
  })
}

/** A workspace with the crowd in it. */
export function workspaceWith(crowd: readonly Bystander[], seed: WorkspaceSeed = contoso): WorkspaceSeed {
  const members = crowd.map(({ id, handle, name, email }) => ({
    id,
    handle,
    name,
    email,
    title: 'Clerk',
    persona: true,
    kind: 'person' as const,
  }))
  return { ...seed, members: [...seed.members, ...members] }
}

/** A directory with the crowd in it, and what else is to be different. */
export async function directoryWith(
  crowd: readonly Bystander[],
  change: (state: DirectoryState) => DirectoryState = (state) => state,
): Promise<StateStore> {
  const state = seedState(Date.now())
  const [model] = state.users
  if (model === undefined) throw new Error('The directory of the sandbox is empty.')
  const users = crowd.map(({ objectId, name, email }, index) => ({
    ...model,
    profile: {
      ...model.profile,
      id: objectId,
      displayName: name,
      employeeId: `C${index}`,
      userPrincipalName: email,
      mail: email,
    },
  }))
  const store = memoryStore()
  await store.save(change({ ...state, users: [...state.users, ...users] }))
  return store
}
