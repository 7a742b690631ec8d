import type {
  DirectoryRole,
  Group as GraphGroup,
  UnifiedRoleAssignment,
} from '@microsoft/microsoft-graph-types'

import type { GraphAnswer, GraphCall, GraphRoute } from '../graph.ts'
import { notInDirectory } from '../graph-refusal.ts'
import { filterEntities, pageOf, selectProperties } from '../odata.ts'
import type { DirectoryState, Group } from '../state.schema.ts'
import { findUser, groupsOfUser } from '../tenant.ts'
import { requireUser, selectUser } from './user-routes.ts'

const READ_GROUPS = [
  'GroupMember.Read.All',
  'Group.Read.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
]
const READ_ROLES = [
  'RoleManagement.Read.Directory',
  'RoleManagement.ReadWrite.Directory',
  'Directory.Read.All',
]

const GROUP_PROPERTIES = [
  'id',
  'createdDateTime',
  'description',
  'displayName',
  'groupTypes',
  'isAssignableToRole',
  'mailEnabled',
  'securityEnabled',
] as const satisfies readonly (keyof GraphGroup)[]

const read = { service: 'directory', method: 'GET', takesBody: false } as const
const ofGroups = { ...read, permissions: READ_GROUPS } as const

/** Groups, their members, and what a user belongs to. No group is in another here: transitive equals direct. */
export const groupRoutes: readonly GraphRoute[] = [
  { ...ofGroups, path: '/groups', handle: listGroups },
  { ...ofGroups, path: '/groups/{key}', handle: getGroup },
  { ...ofGroups, path: '/groups/{key}/members', handle: listMembers },
  { ...ofGroups, path: '/groups/{key}/members/microsoft.graph.user', handle: listMembers },
  { ...ofGroups, path: '/groups/{key}/transitiveMembers', handle: listMembers },
  { ...ofGroups, path: '/groups/{key}/transitiveMembers/microsoft.graph.user', handle: listMembers },
  { ...ofGroups, path: '/users/{key}/memberOf', handle: listMemberships },
  { ...ofGroups, path: '/users/{key}/memberOf/microsoft.graph.group', handle: listGroupsOfUser },
  { ...ofGroups, path: '/users/{key}/transitiveMemberOf', handle: listMemberships },
  { ...ofGroups, path: '/users/{key}/transitiveMemberOf/microsoft.graph.group', handle: listGroupsOfUser },
  {
    ...read,
    path: '/roleManagement/directory/roleAssignments',
    permissions: READ_ROLES,
    handle: listRoleAssignments,
  },
]

const groupEntity = ({ members: _members, ...group }: Group) =>
  ({ ...group, groupTypes: [], mailEnabled: false, securityEnabled: true }) satisfies GraphGroup

const selectGroup = (query: URLSearchParams) =>
  selectProperties<ReturnType<typeof groupEntity>>(query, 'group', GROUP_PROPERTIES, GROUP_PROPERTIES)

function listGroups({ tenant, graphUrl, address, query }: GraphCall): GraphAnswer {
  const keep = filterEntities<Group>(query, 'group', { texts: ['displayName', 'id'] })
  const found = tenant.state().groups.filter(keep).map(groupEntity).map(selectGroup(query))
  return { status: 200, body: pageOf(found, { address, query, context: `${graphUrl}/$metadata#groups` }) }
}

function requireGroup({ tenant, key }: GraphCall): Group {
  const group = tenant.state().groups.find(({ id }) => id === key.toLowerCase())
  if (group === undefined) throw notInDirectory(key)
  return group
}

function getGroup(call: GraphCall): GraphAnswer {
  const group = selectGroup(call.query)(groupEntity(requireGroup(call)))
  return { status: 200, body: { '@odata.context': `${call.graphUrl}/$metadata#groups/$entity`, ...group } }
}

function listMembers(call: GraphCall): GraphAnswer {
  const select = selectUser(call.query)
  const members = requireGroup(call).members.flatMap((id) => {
    const user = findUser(call.tenant.state(), id)
    return user === undefined ? [] : [{ '@odata.type': '#microsoft.graph.user', ...select(user.profile) }]
  })
  return listOfObjects(call, members)
}

function listGroupsOfUser(call: GraphCall): GraphAnswer {
  return listOfObjects(call, groupsWithType(call))
}

// Without the cast Graph also lists the roles that a user has, which are no groups: a reader must tell them apart.
function listMemberships(call: GraphCall): GraphAnswer {
  return listOfObjects(call, [
    ...rolesOf(call.tenant.state(), requireUser(call).profile.id),
    ...groupsWithType(call),
  ])
}

function groupsWithType(call: GraphCall): readonly object[] {
  const select = selectGroup(call.query)
  return groupsOfUser(call.tenant.state(), requireUser(call).profile.id).map((group) => ({
    '@odata.type': '#microsoft.graph.group',
    ...select(groupEntity(group)),
  }))
}

function rolesOf(state: DirectoryState, userId: string) {
  const held = state.roleAssignments.filter(({ principalId }) => principalId === userId)
  return state.roles
    .filter(({ templateId }) => held.some(({ roleDefinitionId }) => roleDefinitionId === templateId))
    .map(({ templateId, displayName, description }) => ({
      '@odata.type': '#microsoft.graph.directoryRole',
      ...({ id: templateId, displayName, description, roleTemplateId: templateId } satisfies DirectoryRole),
    }))
}

function listOfObjects({ graphUrl, address, query }: GraphCall, objects: readonly object[]): GraphAnswer {
  const context = `${graphUrl}/$metadata#directoryObjects`
  return { status: 200, body: pageOf(objects, { address, query, context }) }
}

function listRoleAssignments({ tenant, graphUrl, address, query }: GraphCall): GraphAnswer {
  const keep = filterEntities<UnifiedRoleAssignment>(query, 'unifiedRoleAssignment', {
    texts: ['principalId', 'roleDefinitionId'],
  })
  const found = tenant
    .state()
    .roleAssignments.map(
      (assignment) => ({ ...assignment, directoryScopeId: '/' }) satisfies UnifiedRoleAssignment,
    )
    .filter(keep)
  const context = `${graphUrl}/$metadata#roleManagement/directory/roleAssignments`
  return { status: 200, body: pageOf(found, { address, query, context }) }
}
