import { describe, expect, it } from 'vitest'

import { createControls } from '../../../src/sandbox/entra/controls.ts'
import { hashCode } from '../../../src/sandbox/entra/pass.ts'
import { seedState } from '../../../src/sandbox/entra/seed.ts'
import { openTenant } from '../../../src/sandbox/entra/tenant.ts'
import { memoryStore } from '../../../src/sandbox/state-store.ts'
import {
  DANA,
  DANA_ID,
  openTenantUnderTest,
  passesOf,
  POLICY,
  POLICY_TYPE,
  refusalOf,
  START,
} from './tenant-under-test.ts'

const PLANTED = '+drkzqAD'
const planted = { randomCode: () => PLANTED }

async function withPass(request: object = {}) {
  const tenant = await openTenantUnderTest(planted)
  const created = await tenant.graph('POST', passesOf(DANA_ID), request)
  const read = () => tenant.graph('GET', `${passesOf(DANA_ID)}/${created.body.id}`)
  const signIn = (code = PLANTED) => tenant.entra.controls.signIn({ user: DANA, code })
  return { ...tenant, created, read, signIn }
}

describe('making a pass', () => {
  it('answers 201 with the code and every property that Graph documents', async () => {
    const { created, entra } = await withPass({ lifetimeInMinutes: 30, isUsableOnce: true })
    expect(created.status).toBe(201)
    expect(created.body).toEqual({
      '@odata.context': `${entra.graphUrl}/$metadata#users('${DANA_ID}')/authentication/temporaryAccessPassMethods/$entity`,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      temporaryAccessPass: PLANTED,
      createdDateTime: expect.stringMatching(/^2026-03-02T09:00:00\.250\d{3}Z$/) as string,
      startDateTime: '2026-03-02T09:00:00Z',
      lifetimeInMinutes: 30,
      isUsableOnce: true,
      isUsable: true,
      methodUsabilityReason: 'EnabledByPolicy',
    })
    expect(entra.mints()).toBe(1)
  })

  it('takes length and lifetime from the policy when the request names none', async () => {
    const { graph } = await openTenantUnderTest()
    const { body } = await graph('POST', passesOf(DANA), {})
    expect(body.temporaryAccessPass).toHaveLength(8)
    expect(body.lifetimeInMinutes).toBe(60)
  })

  it('makes every pass one-time while the policy says so', async () => {
    const { created } = await withPass({ isUsableOnce: false })
    expect(created.body.isUsableOnce).toBe(true)
  })

  it('ends the earlier pass of the user: there is one at a time', async () => {
    const codes = ['first-01', 'second-2']
    const { graph, entra } = await openTenantUnderTest({ randomCode: () => codes.shift() ?? '' })
    const first = await graph('POST', passesOf(DANA_ID), {})
    const second = await graph('POST', passesOf(DANA_ID), {})
    const { body } = await graph('GET', passesOf(DANA_ID))
    expect(body.value.map(({ id }) => id)).toEqual([second.body.id])
    expect((await graph('GET', `${passesOf(DANA_ID)}/${first.body.id}`)).status).toBe(404)
    expect((await entra.controls.signIn({ user: DANA, code: 'first-01' })).ok).toBe(false)
    expect((await entra.controls.signIn({ user: DANA, code: 'second-2' })).ok).toBe(true)
    expect(entra.mints()).toBe(2)
  })
})

const badRequest = (message: string) => [400, 'badRequest', message]
const noProperty = (name: string) =>
  `The property '${name}' does not exist on type 'microsoft.graph.temporaryAccessPassAuthenticationMethod'. ` +
  'Make sure to only use property names that are defined by the type.'

describe('what Graph refuses', () => {
  const outOfRange = badRequest('Invalid LifetimeInMinutes specified. The valid range between 10 and 480.')
  const invalid = (name: string) =>
    badRequest(
      `Invalid value specified for property '${name}' of resource 'microsoft.graph.temporaryAccessPassAuthenticationMethod'.`,
    )

  it.each([
    ['a lifetime under the policy', DANA, { lifetimeInMinutes: 9 }, outOfRange],
    ['a lifetime over the policy', DANA, { lifetimeInMinutes: 481 }, outOfRange],
    ['half a minute', DANA, { lifetimeInMinutes: 10.5 }, invalid('lifetimeInMinutes')],
    ['a start that is no time', DANA, { startDateTime: 'tomorrow' }, invalid('startDateTime')],
    [
      'a code of the caller',
      DANA,
      { temporaryAccessPass: 'x' },
      badRequest(noProperty('temporaryAccessPass')),
    ],
    [
      'a guest',
      'gustav.guest@contoso.example',
      {},
      badRequest('Temporary Access Pass cannot be added to an external guest user.'),
    ],
    [
      'a stranger',
      'nils.nowhere@contoso.example',
      {},
      [404, 'resourceNotFound', 'The requested resource was not found.'],
    ],
  ])('%s', async (_case, user, body, refusal) => {
    const { graph, entra } = await openTenantUnderTest()
    expect(refusalOf(await graph('POST', passesOf(user), body))).toEqual(refusal)
    expect(entra.mints()).toBe(0)
  })

  it.each([
    ['the method is off', { state: 'disabled' }],
    ['nobody is included', { includeTargets: [] }],
    ['the user is excluded', { excludeTargets: [{ id: DANA_ID, targetType: 'user' }] }],
    [
      'a group of the user is excluded',
      { excludeTargets: [{ id: 'ae5b560c-9921-43d5-819d-d471b5681017', targetType: 'group' }] },
    ],
  ])('a pass while %s', async (_case, change) => {
    const { graph } = await openTenantUnderTest()
    const patched = await graph('PATCH', POLICY, { '@odata.type': POLICY_TYPE, ...change })
    expect(patched.status).toBe(204)
    expect(refusalOf(await graph('POST', passesOf(DANA), {}))).toEqual(
      badRequest(
        'Converged UserCredentialPolicy does not allow creating or updating this authentication method. AuthMethodType [TemporaryAccessPass].',
      ),
    )
  })

  it('a policy without its type, with a wrong bound, or with lifetimes out of order', async () => {
    const { graph } = await openTenantUnderTest()
    const change = (body: object) => graph('PATCH', POLICY, body).then(({ status }) => status)
    expect(await change({ state: 'disabled' })).toBe(400)
    expect(await change({ '@odata.type': POLICY_TYPE, defaultLength: 7 })).toBe(400)
    expect(await change({ '@odata.type': POLICY_TYPE, minimumLifetimeInMinutes: 481 })).toBe(400)
    const { body } = await graph('GET', POLICY)
    expect(body).toMatchObject({ state: 'enabled', defaultLength: 8, minimumLifetimeInMinutes: 10 })
  })
})

describe('the life of a pass', () => {
  it('is not valid before its start, then usable, then expired, by the clock of the directory', async () => {
    const { entra, clock, read, signIn } = await withPass({
      startDateTime: '2026-03-02T11:00:00+01:00',
      lifetimeInMinutes: 30,
    })
    expect((await read()).body).toMatchObject({
      startDateTime: '2026-03-02T10:00:00Z',
      isUsable: false,
      methodUsabilityReason: 'NotYetValid',
    })
    expect(await signIn()).toEqual({
      ok: false,
      says: 'Your Temporary Access Pass is not valid yet. Try again at its start time.',
    })
    await entra.controls.passTime({ minutes: 60 })
    expect((await read()).body).toMatchObject({ isUsable: true, methodUsabilityReason: 'EnabledByPolicy' })
    clock.now = START - 250 + 30 * 60_000 - 1
    expect((await read()).body.isUsable).toBe(true)
    clock.now += 1
    expect((await read()).body).toMatchObject({ isUsable: false, methodUsabilityReason: 'Expired' })
    expect(await signIn()).toEqual({
      ok: false,
      says: 'Your Temporary Access Pass has expired. Contact your admin for a new one.',
    })
  })

  it('signs in once, records the session, and then counts as used, also after its end', async () => {
    const { entra, read, signIn } = await withPass()
    expect(await signIn()).toEqual({
      ok: true,
      says: 'Signed in. One-time pass used: add a method within 10 minutes.',
    })
    expect(entra.sessionsOf(DANA)).toEqual([
      { id: expect.any(String) as string, startedAt: new Date(START).toISOString() },
    ])
    expect((await read()).body).toMatchObject({ isUsable: false, methodUsabilityReason: 'OneTimeUsed' })
    expect(await signIn()).toEqual({
      ok: false,
      says: 'Your Temporary Access Pass has already been used. Contact your admin for a new one.',
    })
    await entra.controls.passTime({ minutes: 61 })
    expect((await read()).body.methodUsabilityReason).toBe('OneTimeUsed')
    expect(entra.sessionsOf(DANA)).toHaveLength(1)
  })

  it('lets one of two sign-ins at the same moment through', async () => {
    const { signIn } = await withPass()
    const answers = await Promise.all([signIn(), signIn()])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('does not sign in with a code that was replaced while it was being checked', async () => {
    const tenant = await openTenant(memoryStore(), () => START)
    const terms = {
      startDateTime: '2026-03-02T08:00:00Z',
      lifetimeInMinutes: 480,
      isUsableOnce: true,
      used: false,
    }
    const pass = { createdDateTime: terms.startDateTime, ...terms, ...(await hashCode(PLANTED)) }
    const replace = (id: string) => tenant.changeUser(DANA_ID, (user) => ({ ...user, pass: { ...pass, id } }))
    await replace('first')
    const answer = createControls(tenant).signIn({ user: DANA, code: PLANTED })
    await replace('second')
    expect((await answer).ok).toBe(false)
  })

  it('signs in often when the policy allows it, until the policy changes its mind', async () => {
    const { graph, entra } = await openTenantUnderTest(planted)
    await graph('PATCH', POLICY, { '@odata.type': POLICY_TYPE, isUsableOnce: false })
    const { body } = await graph('POST', passesOf(DANA_ID), { isUsableOnce: false })
    const signIn = () => entra.controls.signIn({ user: DANA_ID, code: PLANTED })
    expect(await signIn()).toMatchObject({ ok: true })
    expect(await signIn()).toMatchObject({ ok: true })
    await graph('PATCH', POLICY, { '@odata.type': POLICY_TYPE, isUsableOnce: true })
    expect(await signIn()).toEqual({
      ok: false,
      says: 'Temporary Access Pass sign in was blocked due to User Credential Policy.',
    })
    const { body: after } = await graph('GET', `${passesOf(DANA_ID)}/${body.id}`)
    expect(after.methodUsabilityReason).toBe('DisabledByPolicy')
  })

  it('refuses a wrong code, an unknown user and a switched-off account at the sign-in page', async () => {
    const { entra, signIn } = await withPass()
    const at = (user: string) => entra.controls.signIn({ user, code: PLANTED })
    const incorrect =
      "Your Temporary Access Pass is incorrect. If you don't know your pass, contact your admin."
    expect(await signIn('+drkzqAd')).toEqual({ ok: false, says: incorrect })
    expect(await at('olga.novak@contoso.example')).toEqual({ ok: false, says: incorrect })
    expect(await at('nils.nowhere@contoso.example')).toEqual({
      ok: false,
      says: 'This username may be incorrect. Make sure you typed it correctly.',
    })
    expect(await at('dieter.disabled@contoso.example')).toEqual({
      ok: false,
      says: 'Your account has been locked. Contact your support person to unlock it, then try again.',
    })
    expect(entra.sessionsOf(DANA)).toEqual([])
  })

  it('is gone after a delete by its id, and only by its id', async () => {
    const { graph, created, read, signIn } = await withPass()
    const other = await graph('DELETE', `${passesOf(DANA_ID)}/00000000-0000-4000-8000-000000000000`)
    expect(refusalOf(other)).toEqual([404, 'resourceNotFound', 'The requested resource was not found.'])
    const deleted = await graph('DELETE', `${passesOf(DANA_ID)}/${created.body.id}`)
    expect([deleted.status, deleted.body]).toEqual([204, undefined])
    expect((await read()).status).toBe(404)
    expect((await graph('GET', passesOf(DANA_ID))).body.value).toEqual([])
    expect((await signIn()).ok).toBe(false)
  })
})

describe('the code', () => {
  it('is told once: no later answer, no view and no saved state holds it', async () => {
    const store = memoryStore()
    const { graph, entra } = await openTenantUnderTest({ ...planted, store })
    const { body } = await graph('POST', passesOf(DANA_ID), {})
    const one = await graph('GET', `${passesOf(DANA_ID)}/${body.id}`)
    const list = await graph('GET', passesOf(DANA_ID))
    const methods = await graph('GET', `/users/${DANA_ID}/authentication/methods`)
    expect(one.body.temporaryAccessPass).toBeNull()
    expect(list.body.value[0]?.temporaryAccessPass).toBeNull()
    const seen = JSON.stringify([
      one.body,
      list.body,
      methods.body,
      entra.controls.view(),
      await store.load(),
    ])
    expect(seen).toContain(body.id)
    expect(seen).not.toContain(PLANTED)
  })

  it('still signs in after a restart from the saved state, where the moved clock goes on', async () => {
    const store = memoryStore()
    const first = await openTenantUnderTest({ ...planted, store })
    await first.graph('POST', passesOf(DANA_ID), {})
    await first.entra.controls.passTime({ minutes: 59 })
    await first.entra.close()
    const second = await openTenantUnderTest({ store })
    expect(second.entra.controls.view().now).toBe(new Date(START + 59 * 60_000).toISOString())
    expect(await second.entra.controls.signIn({ user: DANA, code: PLANTED })).toMatchObject({ ok: true })
    expect(second.entra.mints()).toBe(0)
  })
})

it('A damaged saved state stops the start and names what is wrong', async () => {
  const store = memoryStore()
  await store.save({ ...seedState(START), passPolicy: { state: 'perhaps' } })
  await expect(openTenantUnderTest({ store })).rejects.toThrow(/damaged.*passPolicy/s)
})
