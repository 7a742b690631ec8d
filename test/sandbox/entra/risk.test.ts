import { describe, expect, it } from 'vitest'

import { seedState } from '../../../src/sandbox/entra/seed.ts'
import { memoryStore } from '../../../src/sandbox/state-store.ts'
import {
  DANA,
  DANA_ID,
  EVERY_PERMISSION,
  openTenantUnderTest,
  passesOf,
  refusalOf,
  START,
} from './tenant-under-test.ts'

const OLGA = 'olga.novak@contoso.example'
const ADELE_ID = '49741b23-85ad-4df5-af75-b1b39b7dfc36'
const DETECTIONS = '/identityProtection/riskDetections'
const USERS = '/identityProtection/riskyUsers'
const REPORTED = "riskEventType eq 'userReportedSuspiciousActivity'"
const stamp = expect.stringMatching(/^2026-03-02T09:00:00\.\d{6}Z$/) as string

const filtered = (filter: string, more: Record<string, string> = {}) =>
  `${DETECTIONS}?${new URLSearchParams({ $filter: filter, ...more })}`
const withoutScope = 'You cannot perform the requested operation, required scopes are missing in the token.'

describe('a report of a sign-in', () => {
  // The properties are those of `riskDetection` and `riskyUser` in Graph's published metadata.
  it('is a detection with every property, and puts the user at risk', async () => {
    const { entra, graph } = await openTenantUnderTest()
    await entra.controls.report({ user: DANA })
    const { status, body } = await graph('GET', DETECTIONS)
    expect([status, body]).toEqual([
      200,
      {
        '@odata.context': `${entra.graphUrl}/$metadata#identityProtection/riskDetections`,
        value: [
          {
            id: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
            requestId: null,
            correlationId: null,
            riskEventType: 'userReportedSuspiciousActivity',
            riskState: 'atRisk',
            riskLevel: 'high',
            riskDetail: 'none',
            source: 'EndUserReported',
            detectionTimingType: 'offline',
            activity: 'user',
            tokenIssuerType: 'AzureAD',
            ipAddress: null,
            location: null,
            activityDateTime: stamp,
            detectedDateTime: stamp,
            lastUpdatedDateTime: stamp,
            userId: DANA_ID,
            userDisplayName: 'Dana Cruz',
            userPrincipalName: DANA,
            additionalInfo: null,
          },
        ],
      },
    ])
    expect((await graph('GET', `${USERS}/${DANA_ID}`)).body).toEqual({
      '@odata.context': `${entra.graphUrl}/$metadata#identityProtection/riskyUsers/$entity`,
      id: DANA_ID,
      isDeleted: false,
      isProcessing: false,
      riskLastUpdatedDateTime: stamp,
      riskLevel: 'high',
      riskState: 'atRisk',
      riskDetail: 'none',
      userDisplayName: 'Dana Cruz',
      userPrincipalName: DANA,
    })
    expect(entra.controls.view().users.filter(({ risk }) => risk !== 'none')).toMatchObject([
      { id: DANA_ID, risk: 'atRisk', enabled: true },
    ])
  })

  it('is not made for nobody', async () => {
    const { entra } = await openTenantUnderTest()
    await expect(entra.controls.report({ user: 'nobody' })).rejects.toThrow('no such user')
  })

  it('outlives a restart, and a state that was saved before there was any risk is read', async () => {
    const store = memoryStore()
    const { risk: _risk, ...before } = seedState(START).users[0] ?? {}
    const { riskDetections: _detections, ...old } = { ...seedState(START), users: [before] }
    await store.save(old)
    const { entra } = await openTenantUnderTest({ store })
    const [user] = entra.controls.view().users
    expect(user?.risk).toBe('none')
    await entra.controls.report({ user: user?.id ?? '' })
    await entra.close()
    const again = await openTenantUnderTest({ store })
    expect((await again.graph('GET', DETECTIONS)).body.value).toMatchObject([{ userId: user?.id }])
    expect(again.entra.controls.view().users).toMatchObject([{ risk: 'atRisk' }])
  })
})

describe('the list of detections', () => {
  it('is filtered by type and time, newest first, two at a time', async () => {
    const tenant = await openTenantUnderTest()
    for (const user of [DANA, OLGA, DANA, OLGA]) {
      await tenant.entra.controls.report({ user })
      tenant.clock.now += 1000
    }
    await tenant.graph('POST', `${USERS}/confirmCompromised`, { userIds: [DANA_ID] })
    expect(await userIds(tenant, filtered(REPORTED))).toHaveLength(4)
    const later = `${REPORTED} and detectedDateTime ge 2026-03-02T09:00:01.250Z`
    const found = await userIds(tenant, filtered(later, { $top: '500', $select: 'userId' }))
    expect(found.map((id) => id === DANA_ID)).toEqual([false, true, false])
    const either = "riskState eq 'confirmedCompromised' or riskEventType eq 'x and riskState eq y'"
    expect(await userIds(tenant, filtered(either))).toEqual([DANA_ID, DANA_ID, DANA_ID])
  })

  it.each([
    ["detectedDateTime ge '2026-03-02T09:00:00Z'"],
    ['detectedDateTime ge 2026-03-02'],
    ['detectedDateTime ge 2026-99-02T09:00:00Z'],
    ['detectedDateTime gt 2026-03-02T09:00:00Z'],
    ['lastUpdatedDateTime ge 2026-03-02T09:00:00Z'],
    ["riskEventType ge 'a'"],
    ['riskEventType eq a'],
    [`(${REPORTED})`],
  ])('refuses the filter %s', async (filter) => {
    const { graph } = await openTenantUnderTest()
    expect(refusalOf(await graph('GET', filtered(filter))).slice(0, 2)).toEqual([400, 'BadRequest'])
  })

  it('refuses a page of more than 500, an order and an unknown property', async () => {
    const { graph } = await openTenantUnderTest()
    for (const query of ['$top=501', '$orderby=detectedDateTime', '$select=shoeSize']) {
      expect((await graph('GET', `${DETECTIONS}?${query}`)).status).toBe(400)
    }
  })
})

describe('a decision about risk', () => {
  it('is written on the user and on what was detected; confirming is a detection of its own, once', async () => {
    const { entra, graph, clock } = await openTenantUnderTest()
    await entra.controls.report({ user: DANA })
    for (const _ of [1, 2]) {
      clock.now += 1000
      const { status, body } = await graph('POST', `${USERS}/confirmCompromised`, { userIds: [DANA_ID] })
      expect([status, body]).toEqual([204, undefined])
    }
    const confirmed = { riskState: 'confirmedCompromised', riskLevel: 'high' }
    expect((await graph('GET', DETECTIONS)).body.value).toMatchObject([
      { ...confirmed, riskEventType: 'adminConfirmedUserCompromised' },
      { ...confirmed, riskEventType: 'userReportedSuspiciousActivity', detectedDateTime: stamp },
    ])
    const dismissal = { userIds: [DANA_ID.toUpperCase()] }
    for (const _ of [1, 2]) expect((await graph('POST', `${USERS}/dismiss`, dismissal)).status).toBe(204)
    const dismissed = {
      riskState: 'dismissed',
      riskLevel: 'none',
      riskDetail: 'adminDismissedAllRiskForUser',
    }
    expect((await graph('GET', DETECTIONS)).body.value).toMatchObject([dismissed, dismissed])
    expect((await graph('GET', `${USERS}/${DANA_ID}`)).body).toMatchObject(dismissed)
    await entra.controls.report({ user: DANA })
    expect((await graph('GET', DETECTIONS)).body.value).toMatchObject([{ riskState: 'atRisk' }, dismissed])
  })

  it('takes administrators, and neither nobody nor, for dismissal, somebody without risk', async () => {
    const { graph } = await openTenantUnderTest()
    expect((await graph('POST', `${USERS}/dismiss`, { userIds: [ADELE_ID] })).status).toBe(404)
    expect((await graph('GET', `${USERS}/${ADELE_ID}`)).status).toBe(404)
    expect((await graph('POST', `${USERS}/confirmCompromised`, { userIds: [ADELE_ID] })).status).toBe(204)
    const unknown = { userIds: [DANA_ID, '00000000-0000-4000-8000-00000000dead'] }
    expect((await graph('POST', `${USERS}/confirmCompromised`, unknown)).status).toBe(404)
    expect((await graph('GET', `${USERS}/${DANA_ID}`)).status).toBe(404)
  })

  it.each([
    { userIds: [] },
    { userIds: [DANA] },
    { userIds: DANA_ID },
    { userIds: Array.from({ length: 61 }, () => DANA_ID) },
    { userIds: [DANA_ID], reason: 'x' },
    {},
  ])('with %j is refused', async (body) => {
    const { graph } = await openTenantUnderTest()
    expect((await graph('POST', `${USERS}/confirmCompromised`, body)).status).toBe(400)
  })

  it.each([
    ['IdentityRiskEvent.Read.All', 'GET', DETECTIONS],
    ['IdentityRiskyUser.ReadWrite.All', 'GET', `${USERS}/${DANA_ID}`],
    ['IdentityRiskyUser.ReadWrite.All', 'POST', `${USERS}/confirmCompromised`],
    ['IdentityRiskyUser.ReadWrite.All', 'POST', `${USERS}/dismiss`],
  ])('and a look at risk need %s for %s %s', async (permission, method, path) => {
    const permissions = EVERY_PERMISSION.filter((name) => name !== permission)
    const { graph } = await openTenantUnderTest({ permissions })
    const body = method === 'POST' ? { userIds: [DANA_ID] } : undefined
    expect(refusalOf(await graph(method, path, body))).toEqual([403, 'Forbidden', withoutScope])
  })
})

describe('a blocked user', () => {
  it('can not sign in, and the sessions are refused until the account is given back', async () => {
    const { entra, graph } = await openTenantUnderTest({ randomCode: () => 'planted1' })
    await graph('POST', passesOf(DANA_ID), {})
    await entra.controls.signIn({ user: DANA, code: 'planted1' })
    expect(entra.sessionsOf(DANA)).toHaveLength(1)
    for (const _ of [1, 2]) {
      expect((await graph('PATCH', `/users/${DANA_ID}`, { accountEnabled: false })).status).toBe(204)
    }
    expect(entra.sessionsOf(DANA)).toEqual([])
    const refused = await entra.controls.signIn({ user: DANA, code: 'planted1' })
    expect(refused).toMatchObject({ ok: false, says: expect.stringContaining('locked') as string })
    await graph('PATCH', `/users/${DANA_ID}`, { accountEnabled: true })
    expect(entra.sessionsOf(DANA)).toHaveLength(1)
  })

  it.each([
    [['User.EnableDisableAccount.All'], 403],
    [['User.Read.All'], 403],
    [['User.EnableDisableAccount.All', 'User.Read.All'], 204],
    [['User.ReadWrite.All'], 204],
  ])('is blocked with %j: %i', async (permissions, status) => {
    const { graph } = await openTenantUnderTest({ permissions })
    expect((await graph('PATCH', `/users/${DANA_ID}`, { accountEnabled: false })).status).toBe(status)
  })
})

type Tenant = Awaited<ReturnType<typeof openTenantUnderTest>>

async function userIds({ graph }: Tenant, path: string): Promise<readonly string[]> {
  const found: string[] = []
  for (let next: string | undefined = path; next !== undefined;) {
    const { body } = await graph('GET', next)
    expect(body.value.length).toBeLessThanOrEqual(2)
    found.push(...body.value.map(({ userId }) => userId))
    next = body['@odata.nextLink']
  }
  return found
}
