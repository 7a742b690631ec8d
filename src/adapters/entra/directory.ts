import { Fault } from '../../core/fault.ts'
import type { PersonId } from '../../core/ids.ts'
import type { Person } from '../../core/people/person.ts'
import type { PeopleSource } from '../../core/policy/policy.ts'
import type { Directory } from '../../core/ports.ts'
import { no, yes } from '../../core/result.ts'
import type { Result } from '../../core/result.ts'
import {
  personProperties,
  readAssignedRole,
  readGroupId,
  readMember,
  readMembership,
  readPerson,
} from './directory.schema.ts'
import type { Graph } from './graph.ts'
import { isObjectId, objectId } from './object-id.ts'

/** The Entra directory. Person ids are `entra:` and the object id; every method rejects when it can't be sure. */
export function createDirectory(graph: Graph): Directory {
  return {
    async personById(id) {
      return graph.find(`/users/${objectId(id)}?$select=${personProperties}`, readPerson)
    },
    async personByMail(mail) {
      return personByMail(graph, mail)
    },
    async managerOf(id) {
      return managerOf(graph, id)
    },
    async membersOf(source) {
      return membersOf(graph, source)
    },
    async isPrivileged(id) {
      return isPrivileged(graph, id)
    },
  }
}

/** Who has this address, or without any address this principal name: an alias must not lead to somebody else's account. */
async function personByMail(graph: Graph, mail: string): Promise<Result<Person, 'unknown' | 'ambiguous'>> {
  const found = await peopleNamed(graph, mail)
  const addressed = found.filter((person) => person.mail?.toLowerCase() === mail.toLowerCase())
  return theOne(addressed.length > 0 ? addressed : found.filter(({ mail: own }) => own === undefined))
}

async function peopleNamed(graph: Graph, name: string): Promise<readonly Person[]> {
  // Other letters than ASCII's have look-alikes that a comparison without regard to case can take for ASCII.
  if (!/^[\x21-\x7e]+$/.test(name)) return []
  const filter = `mail eq ${literal(name)} or userPrincipalName eq ${literal(name)}`
  return graph.list(`/users?$filter=${encode(filter)}&$select=${personProperties}`, readPerson)
}

function theOne(people: readonly Person[]): Result<Person, 'unknown' | 'ambiguous'> {
  const [person, another] = people
  if (person === undefined) return no('unknown')
  return another === undefined ? yes(person) : no('ambiguous')
}

async function managerOf(graph: Graph, id: PersonId): Promise<Person | undefined> {
  const manager = await graph.find(`/users/${objectId(id)}/manager?$select=${personProperties}`, readMember)
  return manager === 'no-user' ? undefined : manager
}

async function membersOf(graph: Graph, source: PeopleSource): Promise<readonly Person[]> {
  if ('named' in source) return Promise.all(source.named.map((name) => named(graph, name)))
  const group = isObjectId(source.directoryGroup)
    ? source.directoryGroup
    : await groupByName(graph, source.directoryGroup)
  // Without a cast to users: casts are answered from an index that may not know of the latest changes.
  const path = `/groups/${group}/transitiveMembers?$top=999&$select=${personProperties}`
  const members = await graph.list(path, readMember)
  return members.filter((member) => member !== 'no-user')
}

async function named(graph: Graph, name: string): Promise<Person> {
  if (isObjectId(name)) return graph.read(`/users/${name}?$select=${personProperties}`, readPerson)
  const found = theOne(await peopleNamed(graph, name))
  if (found.ok) return found.value
  throw new Fault('graph', found.reason === 'unknown' ? 'missing' : 'refused', `person-${found.reason}`)
}

async function groupByName(graph: Graph, name: string): Promise<string> {
  const filter = encode(`displayName eq ${literal(name)}`)
  const [group, another] = await graph.list(`/groups?$filter=${filter}&$select=id,displayName`, readGroupId)
  if (group === undefined) throw new Fault('graph', 'missing', 'group-unknown')
  if (another !== undefined) throw new Fault('graph', 'refused', 'group-ambiguous')
  return group
}

async function isPrivileged(graph: Graph, id: PersonId): Promise<boolean> {
  const user = objectId(id)
  if (await holdsRole(graph, user)) return true
  const path = `/users/${user}/transitiveMemberOf?$top=999&$select=id,displayName,isAssignableToRole`
  const memberships = await graph.list(path, readMembership)
  if (memberships.some(({ kind }) => kind === 'role')) return true
  if (memberships.some(({ kind }) => kind === 'blank')) throw new Fault('graph', 'refused', 'group-blanked')
  for (const membership of memberships) {
    if (membership.kind === 'carrier' && (await holdsRole(graph, membership.group))) return true
  }
  return false
}

async function holdsRole(graph: Graph, principal: string): Promise<boolean> {
  const filter = encode(`principalId eq ${literal(principal)}`)
  const roles = await graph.list(
    `/roleManagement/directory/roleAssignments?$filter=${filter}`,
    readAssignedRole,
  )
  return roles.length > 0
}

/** A string of an OData expression: a quote within is written twice. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function encode(expression: string): string {
  return encodeURIComponent(expression)
}
