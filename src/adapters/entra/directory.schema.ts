import { z } from 'zod'
import type { Person } from '../../core/people/person.ts'

const user = z.object({
  id: z.guid(),
  displayName: z.string().min(1),
  mail: z.string().nullish(),
  userPrincipalName: z.string(),
  userType: z.string().nullish(),
  accountEnabled: z.boolean(),
  employeeId: z.string().nullish(),
})

/** The properties that make a person. */
export const personProperties = 'id,displayName,mail,userPrincipalName,userType,accountEnabled,employeeId'

/**
 * A user as a person. An external account counts as a guest whatever its user type: no pass can be made for it, and
 * its identity is proven elsewhere.
 */
export function readPerson(body: unknown): Person | undefined {
  const found = user.safeParse(body).data
  if (found === undefined) return undefined
  return {
    id: `entra:${found.id.toLowerCase()}`,
    name: found.displayName,
    enabled: found.accountEnabled,
    guest: found.userType === 'Guest' || found.userPrincipalName.toUpperCase().includes('#EXT#'),
    upn: found.userPrincipalName,
    ...(found.mail ? { mail: found.mail } : {}),
    ...(found.employeeId ? { employeeId: found.employeeId } : {}),
  }
}

const object = z.object({ '@odata.type': z.string().optional() })

/** A directory object where also others than users can stand: groups, devices, contacts without an account. */
export function readMember(body: unknown): Person | 'no-user' | undefined {
  const type = object.safeParse(body).data?.['@odata.type'] ?? '#microsoft.graph.user'
  return type === '#microsoft.graph.user' ? readPerson(body) : 'no-user'
}

const group = z.object({ id: z.guid(), displayName: z.string().min(1) })

/** A group's object id. */
export function readGroupId(body: unknown): string | undefined {
  return group.safeParse(body).data?.id
}

const membership = z.discriminatedUnion('@odata.type', [
  z.object({ '@odata.type': z.literal('#microsoft.graph.directoryRole') }),
  z.object({ '@odata.type': z.literal('#microsoft.graph.administrativeUnit') }),
  z.object({
    '@odata.type': z.literal('#microsoft.graph.group'),
    id: z.guid(),
    displayName: z.string().nullable(),
    isAssignableToRole: z.boolean().nullable(),
  }),
])

/** What a membership says about roles. A `carrier` is a group that may hold roles; a `blank` may be anything. */
export type Membership =
  | { readonly kind: 'role' }
  | { readonly kind: 'carrier'; readonly group: string }
  | { readonly kind: 'blank' }
  | { readonly kind: 'plain' }

/**
 * One membership of a person. Graph blanks the properties of groups that the app may not read: a group without a name
 * is such a one, and its blank must not pass for *no role*.
 */
export function readMembership(body: unknown): Membership | undefined {
  const found = membership.safeParse(body).data
  if (found === undefined) return undefined
  if (found['@odata.type'] === '#microsoft.graph.directoryRole') return { kind: 'role' }
  if (found['@odata.type'] === '#microsoft.graph.administrativeUnit') return { kind: 'plain' }
  if (found.displayName === null) return { kind: 'blank' }
  return found.isAssignableToRole === true ? { kind: 'carrier', group: found.id } : { kind: 'plain' }
}

const assignment = z.object({ principalId: z.string(), roleDefinitionId: z.string() })

/** The role of one assignment. */
export function readAssignedRole(body: unknown): string | undefined {
  return assignment.safeParse(body).data?.roleDefinitionId
}
