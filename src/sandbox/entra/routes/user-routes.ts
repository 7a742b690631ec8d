import type { User } from '@microsoft/microsoft-graph-types'

import type { GraphAnswer, GraphCall, GraphRoute } from '../graph.ts'
import { badRequest, insufficientPrivileges, notInDirectory } from '../graph-refusal.ts'
import { filterEntities, pageOf, selectProperties } from '../odata.ts'
import { readUserChange } from '../request.schema.ts'
import type { DirectoryState, DirectoryUser, Profile } from '../state.schema.ts'
import { findUser, groupsOfUser } from '../tenant.ts'

const BY_DEFAULT = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
] as const satisfies readonly (keyof Profile & keyof User)[]

const KNOWN = [
  ...BY_DEFAULT,
  'userType',
  'accountEnabled',
  'employeeId',
  'creationType',
  'externalUserState',
  'createdDateTime',
  'signInSessionsValidFromDateTime',
] as const satisfies readonly (keyof Profile & keyof User)[]

const FILTERABLE = ['mail', 'userPrincipalName', 'employeeId', 'displayName', 'id'] as const

const READ = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All']
const ENABLE = [
  'User.EnableDisableAccount.All + User.Read.All',
  'User.ReadWrite.All',
  'Directory.ReadWrite.All',
]
const REVOKE = ['User.RevokeSessions.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All']

const directory = { service: 'directory', takesBody: false } as const

/** People: one by id or name, some by filter, somebody's manager, switching an account off, ending its sessions. */
export const userRoutes: readonly GraphRoute[] = [
  { ...directory, method: 'GET', path: '/users', permissions: READ, handle: listUsers },
  { ...directory, method: 'GET', path: '/users/{key}', permissions: READ, handle: getUser },
  {
    ...directory,
    method: 'PATCH',
    path: '/users/{key}',
    permissions: ENABLE,
    takesBody: true,
    handle: changeUser,
  },
  { ...directory, method: 'GET', path: '/users/{key}/manager', permissions: READ, handle: getManager },
  {
    ...directory,
    method: 'POST',
    path: '/users/{key}/revokeSignInSessions',
    permissions: REVOKE,
    handle: revokeSessions,
  },
]

/** What `$select` leaves of a user; the same for every list that holds users. */
export const selectUser = (
  query: URLSearchParams,
): ((profile: Profile) => Readonly<Record<string, unknown>>) =>
  selectProperties<Profile>(query, 'user', KNOWN, BY_DEFAULT)

/** The user of a directory path, or Graph's 404. */
export function requireUser(call: GraphCall): DirectoryUser {
  const user = findUser(call.tenant.state(), call.key)
  if (user === undefined) throw notInDirectory(call.key)
  return user
}

function listUsers({ tenant, graphUrl, address, query }: GraphCall): GraphAnswer {
  const keep = filterEntities<Profile>(query, 'user', { texts: FILTERABLE })
  const found = tenant
    .state()
    .users.map(({ profile }) => profile)
    .filter(keep)
  const context = `${graphUrl}/$metadata#users`
  return { status: 200, body: pageOf(found.map(selectUser(query)), { address, query, context }) }
}

function getUser(call: GraphCall): GraphAnswer {
  const { profile } = requireUser(call)
  const context = { '@odata.context': `${call.graphUrl}/$metadata#users/$entity` }
  return { status: 200, body: { ...context, ...selectUser(call.query)(profile) } }
}

function getManager(call: GraphCall): GraphAnswer {
  const { managerId } = requireUser(call)
  const manager = managerId === null ? undefined : findUser(call.tenant.state(), managerId)
  if (manager === undefined) throw notInDirectory('manager')
  const kind = {
    '@odata.context': `${call.graphUrl}/$metadata#directoryObjects/$entity`,
    '@odata.type': '#microsoft.graph.user',
  }
  return { status: 200, body: { ...kind, ...selectUser(call.query)(manager.profile) } }
}

async function changeUser(call: GraphCall): Promise<GraphAnswer> {
  const { profile } = requireUser(call)
  const change = readUserChange(call.body)
  if (!change.ok)
    throw badRequest(`Invalid value specified for property '${change.property}' of resource 'User'.`)
  // An application needs a directory role on top of its permission to act on administrators; ours has none.
  if (isAdministrator(call.tenant.state(), profile.id)) throw insufficientPrivileges()
  await call.tenant.changeUser(profile.id, (user) => ({
    ...user,
    profile: { ...user.profile, accountEnabled: change.value.accountEnabled },
  }))
  return { status: 204 }
}

async function revokeSessions(call: GraphCall): Promise<GraphAnswer> {
  const { profile } = requireUser(call)
  const signInSessionsValidFromDateTime = new Date(call.tenant.now()).toISOString()
  await call.tenant.changeUser(profile.id, (user) => ({
    ...user,
    profile: { ...user.profile, signInSessionsValidFromDateTime },
    sessions: [],
  }))
  return { status: 200, body: { '@odata.context': `${call.graphUrl}/$metadata#Edm.Boolean`, value: true } }
}

function isAdministrator(state: DirectoryState, userId: string): boolean {
  const principals = [userId, ...groupsOfUser(state, userId).map(({ id }) => id)]
  return state.roleAssignments.some(({ principalId }) => principals.includes(principalId))
}
