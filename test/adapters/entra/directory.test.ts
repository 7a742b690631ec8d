import { afterEach, describe, expect, it } from 'vitest'
import { createDirectory } from '../../../src/adapters/entra/directory.ts'
import type { Told } from '../http-stub.ts'
import { dana, danaId, startGraph } from './graph-stub.ts'

const running: { stop(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((stub) => stub.stop()))
})

/** Answers by the path without the query; whatever else is asked is not found. */
async function start(answers: Readonly<Record<string, Told>>) {
  const stub = await startGraph(({ url }) => {
    const [path = ''] = url.slice('/v1.0'.length).split('?')
    return answers[path] ?? { status: 404 }
  })
  running.push(stub)
  return { directory: createDirectory(stub.graph), asked: stub.asked }
}

const user = {
  id: danaId,
  displayName: 'Dana Cruz',
  mail: 'dana.cruz@contoso.example',
  userPrincipalName: 'dana.cruz@contoso.example',
  userType: 'Member',
  accountEnabled: true,
  employeeId: '1007',
}
const person = {
  id: dana,
  name: 'Dana Cruz',
  mail: 'dana.cruz@contoso.example',
  upn: 'dana.cruz@contoso.example',
  employeeId: '1007',
  enabled: true,
  guest: false,
}
const groupId = '99999999-0000-4000-8000-000000000001'
const other = { ...user, id: '11111111-2222-4333-8444-666666666666' }

describe('a person', () => {
  it('is read by object id', async () => {
    const { directory, asked } = await start({ [`/users/${danaId}`]: { body: user } })
    await expect(directory.personById(dana)).resolves.toEqual(person)
    expect(asked()[0]?.url).toContain('$select=id,displayName,mail,userPrincipalName,userType,accountEnabled')
  })

  it.each([
    ['a guest', { userType: 'Guest' }, { guest: true }],
    [
      'an external member',
      { userPrincipalName: 'd_fab.example#EXT#@contoso.example' },
      { guest: true, upn: 'd_fab.example#EXT#@contoso.example' },
    ],
    ['a disabled account', { accountEnabled: false }, { enabled: false }],
    ['an id in capitals', { id: danaId.toUpperCase() }, {}],
  ])('that is %s is told so', async (_, given, told) => {
    const { directory } = await start({ [`/users/${danaId}`]: { body: { ...user, ...given } } })
    await expect(directory.personById(dana)).resolves.toEqual({ ...person, ...told })
  })

  it('without mail and employee id has neither', async () => {
    const body = { ...user, mail: null, employeeId: null }
    const { directory } = await start({ [`/users/${danaId}`]: { body } })
    const { mail: _, employeeId: __, ...rest } = person
    await expect(directory.personById(dana)).resolves.toEqual(rest)
  })

  it('that does not exist is undefined, and one whose account state is withheld is no answer', async () => {
    const { directory } = await start({ [`/users/${danaId}`]: { body: { ...user, accountEnabled: null } } })
    await expect(directory.personById(`entra:${other.id}`)).resolves.toBeUndefined()
    await expect(directory.personById(dana)).rejects.toMatchObject({ code: 'nonsense' })
  })

  it.each(['entra:me', 'entra:../groups', `slack:${danaId}`, `entra:${danaId}/manager`] as const)(
    'is never asked for by %s',
    async (id) => {
      const { directory, asked } = await start({})
      await expect(directory.personById(id)).rejects.toThrow(TypeError)
      await expect(directory.isPrivileged(id)).rejects.toThrow(TypeError)
      expect(asked()).toEqual([])
    },
  )
})

describe('an address', () => {
  it('is looked for as e-mail and as principal name, quotes doubled', async () => {
    const mail = "O'Dana@contoso.example"
    const { directory, asked } = await start({ '/users': { body: { value: [{ ...user, mail }] } } })
    await expect(directory.personByMail("o'dana@contoso.example")).resolves.toEqual({
      ok: true,
      value: { ...person, mail },
    })
    expect(asked()[0]?.url).toContain(
      "$filter=mail eq 'o''dana@contoso.example' or userPrincipalName eq 'o''dana@contoso.example'",
    )
  })

  it('of nobody is unknown, of two people ambiguous', async () => {
    const nobody = await start({ '/users': { body: { value: [] } } })
    await expect(nobody.directory.personByMail('x@y')).resolves.toEqual({ ok: false, reason: 'unknown' })
    const mail = 'x@y'
    const value = [
      { ...user, mail },
      { ...other, mail },
    ]
    const both = await start({ '/users': { body: { value } } })
    await expect(both.directory.personByMail('x@y')).resolves.toEqual({ ok: false, reason: 'ambiguous' })
  })

  it('leads to whoever has it, never to somebody else whose principal name it is', async () => {
    const alias = await start({ '/users': { body: { value: [user] } } })
    await expect(alias.directory.personByMail('alias@contoso.example')).resolves.toMatchObject({ ok: false })
    const without = await start({ '/users': { body: { value: [{ ...user, mail: null }] } } })
    await expect(without.directory.personByMail('alias@contoso.example')).resolves.toMatchObject({ ok: true })
  })

  it('with look-alike letters is unknown without asking', async () => {
    const { directory, asked } = await start({ '/users': { body: { value: [user] } } })
    const kelvin = 'mar\u212ao.silva@contoso.example'
    await expect(directory.personByMail(kelvin)).resolves.toEqual({ ok: false, reason: 'unknown' })
    expect(asked()).toEqual([])
  })
})

describe('a manager', () => {
  it.each([
    ['a user', { body: { '@odata.type': '#microsoft.graph.user', ...user } }, person],
    [
      'a contact without an account',
      { body: { '@odata.type': '#microsoft.graph.orgContact', id: 'x' } },
      undefined,
    ],
    ['nobody', { status: 404 }, undefined],
  ])('can be %s', async (_, told, expected) => {
    const { directory } = await start({ [`/users/${danaId}/manager`]: told })
    await expect(directory.managerOf(dana)).resolves.toEqual(expected)
  })

  it('that can not be read rejects', async () => {
    const { directory } = await start({ [`/users/${danaId}/manager`]: { status: 403 } })
    await expect(directory.managerOf(dana)).rejects.toMatchObject({ code: 'refused' })
  })
})

describe('a set of people', () => {
  const members = {
    [`/groups/${groupId}/transitiveMembers`]: { body: { value: [user] } },
  }

  it('is a group with its nested members, by object id', async () => {
    const { directory, asked } = await start(members)
    await expect(directory.membersOf({ directoryGroup: groupId })).resolves.toEqual([person])
    expect(asked()[0]?.url).not.toContain('microsoft.graph.user')
  })

  it('is of users only: nested groups, devices and contacts are no people', async () => {
    const value = ['group', 'device', 'orgContact', 'servicePrincipal', 'user'].map((type) => ({
      ...(type === 'user' ? user : { id: other.id }),
      '@odata.type': `#microsoft.graph.${type}`,
    }))
    const path = `/groups/${groupId}/transitiveMembers`
    const { directory } = await start({ [path]: { body: { value } } })
    await expect(directory.membersOf({ directoryGroup: groupId })).resolves.toEqual([person])
  })

  it('rejects when a member can not be read', async () => {
    const value = [{ '@odata.type': '#microsoft.graph.user', ...user, accountEnabled: null }]
    const { directory } = await start({ [`/groups/${groupId}/transitiveMembers`]: { body: { value } } })
    await expect(directory.membersOf({ directoryGroup: groupId })).rejects.toMatchObject({ code: 'nonsense' })
  })

  it('is a group by its name', async () => {
    const { directory, asked } = await start({
      ...members,
      '/groups': { body: { value: [{ id: groupId, displayName: "IT's" }] } },
    })
    await expect(directory.membersOf({ directoryGroup: "IT's" })).resolves.toEqual([person])
    expect(asked()[0]?.url).toContain("$filter=displayName eq 'IT''s'")
  })

  it.each([
    ['missing', 'group-unknown', []],
    ['refused', 'group-ambiguous', [1, 2]],
  ])('rejects as %s: %s', async (code, status, groups) => {
    const value = groups.map((n) => ({ id: groupId.replace(/.$/, String(n)), displayName: 'IT' }))
    const { directory } = await start({ ...members, '/groups': { body: { value } } })
    await expect(directory.membersOf({ directoryGroup: 'IT' })).rejects.toMatchObject({ code, status })
  })

  it('rejects when the group of an object id is gone', async () => {
    const { directory } = await start({})
    await expect(directory.membersOf({ directoryGroup: groupId })).rejects.toMatchObject({ code: 'missing' })
  })

  it('can be named, by address and by object id', async () => {
    const { directory } = await start({
      '/users': { body: { value: [other] } },
      [`/users/${danaId}`]: { body: user },
    })
    const found = await directory.membersOf({ named: ['ava@contoso.example', danaId] })
    expect(found.map(({ id }) => id)).toEqual([`entra:${other.id}`, dana])
  })

  it.each([
    ['missing', 'person-unknown', []],
    ['refused', 'person-ambiguous', [user, other]],
  ])('with a name that leads to nobody or to two rejects as %s: %s', async (code, status, value) => {
    const { directory } = await start({ '/users': { body: { value } } })
    await expect(directory.membersOf({ named: ['a@b'] })).rejects.toMatchObject({ code, status })
  })
})

describe('whether somebody is privileged', () => {
  const group = {
    '@odata.type': '#microsoft.graph.group',
    id: groupId,
    displayName: 'Operators',
    isAssignableToRole: null as boolean | null,
  }
  const role = { '@odata.type': '#microsoft.graph.directoryRole', id: 'r', displayName: null }
  const unit = { '@odata.type': '#microsoft.graph.administrativeUnit', id: 'u' }
  const assignment = { id: 'a', principalId: 'p', roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10' }

  async function ask(memberOf: Told, holders: readonly string[]) {
    const stub = await startGraph(({ url }) => {
      if (url.includes('/transitiveMemberOf')) return memberOf
      return { body: { value: holders.some((id) => url.includes(`'${id}'`)) ? [assignment] : [] } }
    })
    running.push(stub)
    return createDirectory(stub.graph).isPrivileged(dana)
  }

  it.each([
    ['no role and no group', [], [], false],
    ['a role of their own', [], [danaId], true],
    ['membership in a role', [role], [], true],
    ['an ordinary group and a unit', [group, unit], [groupId], false],
    ['a group that may hold roles and holds none', [{ ...group, isAssignableToRole: true }], [], false],
    ['a group that holds a role', [{ ...group, isAssignableToRole: true }], [groupId], true],
  ])('is told from %s', async (_, value, holders, expected) => {
    await expect(ask({ body: { value } }, holders)).resolves.toBe(expected)
  })

  it.each([
    ['memberships can not be read', { status: 403 }, 'refused'],
    ['Graph does not answer', { status: 503 }, 'unavailable'],
    ['a group is blanked out', { body: { value: [{ ...group, displayName: null }] } }, 'refused'],
    [
      'it is not said whether a group may hold roles',
      { body: { value: [{ ...group, isAssignableToRole: 'no' }] } },
      'nonsense',
    ],
    [
      'a membership is of an unknown type',
      { body: { value: [{ ...group, '@odata.type': '#new' }] } },
      'nonsense',
    ],
  ])('is never guessed when %s', async (_, memberOf, code) => {
    await expect(ask(memberOf, [])).rejects.toMatchObject({ code })
  })

  it('is never guessed when role assignments can not be read', async () => {
    const { directory } = await start({ '/roleManagement/directory/roleAssignments': { status: 403 } })
    await expect(directory.isPrivileged(dana)).rejects.toMatchObject({ code: 'refused' })
  })
})
