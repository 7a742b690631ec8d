import { describe, expect, it } from 'vitest'

import { seedState } from '../../../src/sandbox/entra/seed.ts'
import {
  DANA,
  DANA_ID,
  EVERY_PERMISSION,
  openTenantUnderTest,
  passesOf,
  POLICY,
  POLICY_TYPE,
  refusalOf,
  START,
} from './tenant-under-test.ts'

const ALL_STAFF = 'ae5b560c-9921-43d5-819d-d471b5681017'
const ADELE = '49741b23-85ad-4df5-af75-b1b39b7dfc36'
const PETRA = '7071c461-6ac6-40ab-abe8-c55afbe7d97f'
const TIER_ONE = '9cb9dbe3-91a3-46b6-96e0-b2d01295b5a4'

type Tenant = Awaited<ReturnType<typeof openTenantUnderTest>>

const query = (options: Record<string, string>) => `?${new URLSearchParams(options)}`

async function readAll({ graph }: Tenant, path: string) {
  const pages = []
  for (let next: string | undefined = path; next !== undefined; next = pages.at(-1)?.['@odata.nextLink']) {
    pages.push((await graph('GET', next)).body)
  }
  return { pages: pages.length, entries: pages.flatMap(({ value }) => value) }
}

const notFound = (what: string) => [
  404,
  'Request_ResourceNotFound',
  `Resource '${what}' does not exist or one of its queried reference-property objects are not present.`,
]

describe('a user', () => {
  it('comes with the default properties only, by id or by name in any case', async () => {
    const { graph, entra } = await openTenantUnderTest()
    const byId = await graph('GET', `/users/${DANA_ID}`)
    expect(byId.body).toEqual({
      '@odata.context': `${entra.graphUrl}/$metadata#users/$entity`,
      id: DANA_ID,
      displayName: 'Dana Cruz',
      givenName: 'Dana',
      surname: 'Cruz',
      userPrincipalName: DANA,
      mail: DANA,
      jobTitle: 'Account Manager',
      businessPhones: ['+49 30 23125 104'],
      mobilePhone: null,
      officeLocation: 'Berlin',
      preferredLanguage: null,
    })
    expect((await graph('GET', '/users/Dana.Cruz@CONTOSO.example')).body).toEqual(byId.body)
  })

  it('comes with exactly what $select names', async () => {
    const { graph } = await openTenantUnderTest()
    const $select = 'userType,accountEnabled,employeeId'
    const { body } = await graph('GET', `/users/dieter.disabled@contoso.example${query({ $select })}`)
    const { '@odata.context': _context, ...selected } = body as unknown as Record<string, unknown>
    expect(selected).toEqual({ userType: 'Member', accountEnabled: false, employeeId: 'E1013' })
  })

  it.each([
    ['mail', { $filter: "mail eq 'DANA.CRUZ@contoso.example'" }, ['Dana Cruz']],
    ['either name', { $filter: `mail eq '${DANA}' or userPrincipalName eq '${DANA}'` }, ['Dana Cruz']],
    ['an or inside the text', { $filter: "mail eq 'x or mail eq y'" }, []],
    ['a quote inside the text', { $filter: "displayName eq 'O''Hara'" }, []],
    [
      'one employee id of two accounts',
      { $filter: "employeeId eq 'E1001'" },
      ['Hanna Weiss', 'Hanna Weiss (adm)'],
    ],
  ])('is found by %s', async (_case, options, names) => {
    const tenant = await openTenantUnderTest()
    const { entries } = await readAll(tenant, `/users${query(options)}`)
    expect(entries.map(({ displayName }) => displayName)).toEqual(names)
  })

  it('has a manager, or the 404 that says there is none', async () => {
    const { graph } = await openTenantUnderTest()
    const { body } = await graph('GET', `/users/${DANA_ID}/manager${query({ $select: 'id,displayName' })}`)
    expect(body).toMatchObject({ '@odata.type': '#microsoft.graph.user', displayName: 'Marco Silva' })
    const none = await graph('GET', '/users/ava.chen@contoso.example/manager')
    expect(refusalOf(none)).toEqual(notFound('manager'))
    expect(refusalOf(await graph('GET', '/users/nils.nowhere@contoso.example'))).toEqual(
      notFound('nils.nowhere@contoso.example'),
    )
  })

  it('is switched off and its sessions end; an administrator is out of reach', async () => {
    const { graph, entra } = await openTenantUnderTest({ randomCode: () => 'planted1' })
    await graph('POST', passesOf(DANA_ID), {})
    await entra.controls.signIn({ user: DANA, code: 'planted1' })
    const revoked = await graph('POST', `/users/${DANA_ID}/revokeSignInSessions`)
    expect([revoked.status, revoked.body]).toEqual([
      200,
      { '@odata.context': `${entra.graphUrl}/$metadata#Edm.Boolean`, value: true },
    ])
    expect(entra.sessionsOf(DANA)).toEqual([])
    expect((await graph('PATCH', `/users/${DANA_ID}`, { accountEnabled: false })).status).toBe(204)
    expect(await entra.controls.signIn({ user: DANA, code: 'planted1' })).toMatchObject({
      ok: false,
      says: expect.stringContaining('locked') as string,
    })
    expect((await graph('PATCH', `/users/${PETRA}`, { accountEnabled: false })).status).toBe(403)
    expect((await graph('PATCH', `/users/${DANA_ID}`, { displayName: 'D' })).status).toBe(400)
  })
})

describe('groups and roles', () => {
  it('gives members two at a time, and the next links lead through all of them once', async () => {
    const tenant = await openTenantUnderTest()
    const { pages, entries } = await readAll(
      tenant,
      `/groups/${ALL_STAFF}/transitiveMembers/microsoft.graph.user${query({ $select: 'id', $top: '999' })}`,
    )
    const everybody = seedState(START).users.map(({ profile }) => profile.id)
    expect(pages).toBe(8)
    expect(entries).toEqual(everybody.map((id) => ({ '@odata.type': '#microsoft.graph.user', id })))
  })

  it('finds a group by its name and its people', async () => {
    const tenant = await openTenantUnderTest()
    const { entries } = await readAll(tenant, `/groups${query({ $filter: "displayName eq 'helpdesk'" })}`)
    expect(entries).toMatchObject([
      { displayName: 'Helpdesk', isAssignableToRole: false, securityEnabled: true },
    ])
    const members = await readAll(tenant, `/groups/${entries[0]?.id}/members`)
    expect(members.entries.map(({ displayName }) => displayName)).toEqual(['Hanna Weiss', 'Hari Patel'])
  })

  it('shows a role that was given directly, and one that a group carries', async () => {
    const tenant = await openTenantUnderTest()
    const roles = (id: string) =>
      readAll(
        tenant,
        `/roleManagement/directory/roleAssignments${query({ $filter: `principalId eq '${id}'` })}`,
      )
    expect((await roles(ADELE)).entries).toMatchObject([
      { roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10', directoryScopeId: '/' },
    ])
    expect((await roles(PETRA)).entries).toEqual([])
    expect((await roles(TIER_ONE)).entries).toMatchObject([{ principalId: TIER_ONE }])
    const petra = await readAll(tenant, `/users/${PETRA}/transitiveMemberOf/microsoft.graph.group`)
    expect(petra.entries).toMatchObject([{ id: ALL_STAFF }, { id: TIER_ONE, isAssignableToRole: true }])
    const adele = await readAll(tenant, `/users/${ADELE}/memberOf`)
    expect(adele.entries).toMatchObject([
      { '@odata.type': '#microsoft.graph.directoryRole', displayName: 'Global Administrator' },
      { '@odata.type': '#microsoft.graph.group', displayName: 'All staff' },
    ])
  })
})

describe('authentication methods', () => {
  it('come in the shapes of Graph, with the pass among them', async () => {
    const { graph, entra } = await openTenantUnderTest()
    await graph('POST', passesOf(DANA_ID), {})
    for (const method of ['passkey', 'authenticator', 'phone', 'phone'] as const) {
      await entra.controls.register({ user: DANA_ID, method })
    }
    const { body } = await graph('GET', `/users/${DANA}/authentication/methods`)
    const old = { createdDateTime: new Date(START - 400 * 86_400_000).toISOString() }
    const added = { createdDateTime: expect.stringMatching(/^2026-03-02T09:00:00\.\d{6}Z$/) as string }
    expect(body.value).toMatchObject([
      { ...old, '@odata.type': '#microsoft.graph.passwordAuthenticationMethod', password: null },
      {
        ...old,
        '@odata.type': '#microsoft.graph.microsoftAuthenticatorAuthenticationMethod',
        displayName: 'Pixel 7',
      },
      { ...old, '@odata.type': '#microsoft.graph.emailAuthenticationMethod' },
      { ...added, '@odata.type': '#microsoft.graph.fido2AuthenticationMethod', passkeyType: 'deviceBound' },
      { ...added, '@odata.type': '#microsoft.graph.microsoftAuthenticatorAuthenticationMethod' },
      { ...added, '@odata.type': '#microsoft.graph.phoneAuthenticationMethod', phoneType: 'mobile' },
      { ...added, '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethod' },
    ])
    expect(new Set(body.value.map(({ id }) => id)).size).toBe(7)
    const dana = entra.controls.view().users.find(({ id }) => id === DANA_ID)
    expect(dana?.methods.map(({ label }) => label)).toEqual([
      'Password',
      'Authenticator, Pixel 7',
      'E-mail, dana@home.example',
      'Passkey, Security key',
      'Authenticator, New phone',
      'Phone, +49 171 3920004',
    ])
  })

  it('tell every listener of a change, until it stops listening', async () => {
    const { entra } = await openTenantUnderTest()
    let heard = 0
    const stop = entra.changes(() => void (heard += 1))
    await entra.controls.register({ user: DANA_ID, method: 'passkey' })
    stop()
    await entra.controls.register({ user: DANA_ID, method: 'passkey' })
    expect(heard).toBe(1)
  })

  it('are not registered for nobody, and time does not run backwards', async () => {
    const { entra } = await openTenantUnderTest()
    await expect(entra.controls.register({ user: 'nobody', method: 'phone' })).rejects.toThrow('no such user')
    await expect(entra.controls.passTime({ minutes: -1 })).rejects.toThrow('forward')
  })
})

describe('a call that Graph refuses', () => {
  it.each([
    ['an unknown path', 'GET', '/devices', 400, 'BadRequest'],
    ['an unknown method', 'DELETE', `/users/${DANA_ID}`, 405, 'BadRequest'],
    ['an unknown property', 'GET', `/users/${DANA_ID}?$select=shoeSize`, 400, 'BadRequest'],
    ['an unknown option', 'GET', `/users/${DANA_ID}?$expand=manager`, 400, 'BadRequest'],
    ['a filter by something else', 'GET', "/users?$filter=shoeSize eq '42'", 400, 'BadRequest'],
    ['a filter with another operator', 'GET', "/users?$filter=startswith(mail,'d')", 400, 'BadRequest'],
    ['a page of nothing', 'GET', '/users?$top=0', 400, 'BadRequest'],
    ['a made-up place in a list', 'GET', '/users?$skiptoken=x', 400, 'BadRequest'],
    ['an unreadable path', 'GET', '/users/%zz', 400, 'BadRequest'],
    ['an unknown group', 'GET', `/groups/${DANA_ID}/members`, 404, 'Request_ResourceNotFound'],
    ['options on methods', 'GET', `/users/${DANA_ID}/authentication/methods?$top=1`, 400, 'BadRequest'],
    ['no body where one is needed', 'POST', passesOf(DANA_ID), 400, 'BadRequest'],
  ])('%s', async (_case, method, path, status, code) => {
    const { graph } = await openTenantUnderTest()
    const reply = await graph(method, path, undefined, { 'client-request-id': 'from-the-test' })
    expect([reply.status, reply.body.error.code]).toEqual([status, code])
    expect(reply.body.error).toMatchObject({
      message: expect.any(String) as string,
      innerError: {
        date: '2026-03-02T09:00:00',
        'request-id': reply.headers.get('request-id'),
        'client-request-id': 'from-the-test',
      },
    })
    expect(reply.headers.get('client-request-id')).toBe('from-the-test')
  })

  it.each([
    ['User.Read.All', 'GET', `/users/${DANA_ID}`, 'Authorization_RequestDenied'],
    ['GroupMember.Read.All', 'GET', '/groups', 'Authorization_RequestDenied'],
    [
      'RoleManagement.Read.Directory',
      'GET',
      '/roleManagement/directory/roleAssignments',
      'Authorization_RequestDenied',
    ],
    [
      'User.RevokeSessions.All',
      'POST',
      `/users/${DANA_ID}/revokeSignInSessions`,
      'Authorization_RequestDenied',
    ],
    ['UserAuthMethod-TAP.ReadWrite.All', 'POST', passesOf(DANA_ID), 'accessDenied'],
    ['UserAuthenticationMethod.Read.All', 'GET', `/users/${DANA_ID}/authentication/methods`, 'accessDenied'],
    ['Policy.ReadWrite.AuthenticationMethod', 'GET', POLICY, 'accessDenied'],
  ])('without %s', async (permission, method, path, code) => {
    const permissions = EVERY_PERMISSION.filter((name) => name !== permission)
    const { graph } = await openTenantUnderTest({ permissions })
    const [status, given, message] = refusalOf(await graph(method, path))
    expect([status, given]).toEqual([403, code])
    expect(message).toBe(
      code === 'accessDenied'
        ? 'Request Authorization failed'
        : 'Insufficient privileges to complete the operation.',
    )
  })

  it('a change of the policy by who may only read it', async () => {
    const permissions = ['Policy.Read.AuthenticationMethod']
    const { graph } = await openTenantUnderTest({ permissions })
    expect((await graph('GET', POLICY)).body).toMatchObject({
      id: 'TemporaryAccessPass',
      '@odata.type': POLICY_TYPE,
    })
    expect((await graph('PATCH', POLICY, { '@odata.type': POLICY_TYPE, state: 'disabled' })).status).toBe(403)
  })
})
