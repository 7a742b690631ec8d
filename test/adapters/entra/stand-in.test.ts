import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDirectory } from '../../../src/adapters/entra/directory.ts'
import { createGraph } from '../../../src/adapters/entra/graph.ts'
import { createEntraIssuer } from '../../../src/adapters/entra/issuer.ts'
import { createSignIns } from '../../../src/adapters/entra/sign-ins.ts'
import { createEntraReader } from '../../../src/adapters/entra/reader.ts'
import type { AppCredential } from '../../../src/adapters/entra/token.ts'
import type { Person } from '../../../src/core/people/person.ts'
import { startEntra } from '../../../src/sandbox/entra/server.ts'
import type { EntraStandIn } from '../../../src/sandbox/entra/server.ts'
import { memoryStore } from '../../../src/sandbox/state-store.ts'
import { selfSigned } from './self-signed.ts'

const app = {
  tenantId: '5b1c7a4e-0000-4000-8000-000000000001',
  clientId: '5b1c7a4e-0000-4000-8000-000000000002',
}
const clientSecret = 'the-secret-of-the-stand-in'
const { certificate, key } = selfSigned()
let entra: EntraStandIn

beforeAll(async () => {
  const store = memoryStore()
  entra = await startEntra({
    ...app,
    clientSecret,
    clientCertificate: certificate,
    store,
    authenticationRequestsPer10s: 1000,
  })
})

afterAll(async () => {
  await entra.close()
})

function graphWith(credential: AppCredential) {
  const { authorityUrl, graphUrl } = entra
  return createGraph({ ...app, credential, authorityUrl, graphUrl })
}

async function named(name: string): Promise<Person> {
  const found = await createDirectory(graphWith({ secret: clientSecret })).personByMail(
    `${name}@contoso.example`,
  )
  if (!found.ok) throw new Error(`${name}: ${found.reason}`)
  return found.value
}

describe('against the Entra stand-in', () => {
  it.each<[string, AppCredential]>([
    ['a secret', { secret: clientSecret }],
    ['a certificate', { certificate, key }],
  ])('the app proves itself with %s', async (_, credential) => {
    const reader = createEntraReader(graphWith(credential))
    await expect(reader.terms()).resolves.toMatchObject({ enabled: true, longest: 28_800, step: 60 })
  })

  it.each<[string, AppCredential]>([
    ['the wrong secret', { secret: 'wrong' }],
    ['the wrong certificate', selfSigned()],
  ])('the app is refused with %s', async (_, credential) => {
    await expect(createEntraReader(graphWith(credential)).terms()).rejects.toMatchObject({ code: 'refused' })
  })

  it('people, managers and groups are read', async () => {
    const directory = createDirectory(graphWith({ secret: clientSecret }))
    const dana = await named('dana.cruz')
    await expect(directory.personById(dana.id)).resolves.toEqual(dana)
    await expect(directory.managerOf(dana.id)).resolves.toMatchObject({ name: 'Marco Silva' })
    const helpdesk = await directory.membersOf({ directoryGroup: 'Helpdesk' })
    expect(helpdesk.map(({ name }) => name).toSorted()).toEqual(['Hanna Weiss', 'Hari Patel'])
    await expect(directory.membersOf({ directoryGroup: 'Nobody' })).rejects.toMatchObject({ code: 'missing' })
    await expect(directory.personByMail('nils.nowhere@contoso.example')).resolves.toMatchObject({ ok: false })
    await expect(named('DANA.CRUZ')).resolves.toEqual(dana)
  })

  it.each([
    ['dana.cruz', false],
    ['adele.vance', true],
    ['petra.role', true],
  ])('%s is privileged: %s', async (name, expected) => {
    const directory = createDirectory(graphWith({ secret: clientSecret }))
    await expect(directory.isPrivileged((await named(name)).id)).resolves.toBe(expected)
  })

  it('a pass is minted, listed, used, and revoked twice', async () => {
    const graph = graphWith({ secret: clientSecret })
    const [issuer, reader] = [createEntraIssuer(graph), createEntraReader(graph)]
    const { id: subject } = await named('dana.cruz')
    const exceptionId = 'e7b6ea1e-5f0e-4b7c-9d53-0b8f5c8f3a01'
    const minted = await issuer.mint({ subject, lifetime: 3600, exceptionId, target: undefined })
    if (!minted.ok) throw new Error(minted.reason)
    const { lease, code, requestId } = minted.value
    expect(lease.expiresAt - lease.startsAt).toBe(3600_000)
    expect(requestId).not.toBe('')
    await expect(reader.credentials(subject)).resolves.toMatchObject([{ ...lease, state: 'usable' }])
    const [user, typed] = ['dana.cruz@contoso.example', code?.reveal((value) => value) ?? '']
    await expect(entra.controls.signIn({ user, code: typed })).resolves.toMatchObject({ ok: true })
    await expect(reader.credential(subject, lease.credentialId)).resolves.toMatchObject({ state: 'used' })
    await issuer.revoke(subject, lease.credentialId)
    await issuer.revoke(subject, lease.credentialId)
    await createSignIns(graph).revokeSessions(subject)
    await expect(reader.credential(subject, lease.credentialId)).resolves.toBeUndefined()
  })

  it('a lifetime outside the policy and an unknown person are refused', async () => {
    const graph = graphWith({ secret: clientSecret })
    const issuer = createEntraIssuer(graph)
    const { longest } = await createEntraReader(graph).terms()
    const { id: subject } = await named('dana.cruz')
    const exceptionId = 'e7b6ea1e-5f0e-4b7c-9d53-0b8f5c8f3a02'
    const order = { subject, lifetime: longest + 60, exceptionId, target: undefined }
    await expect(issuer.mint(order)).resolves.toEqual({ ok: false, reason: 'lifetime' })
    const nobody = {
      ...order,
      subject: 'entra:00000000-0000-4000-8000-00000000dead',
      lifetime: 3600,
    } as const
    await expect(issuer.mint(nobody)).resolves.toEqual({ ok: false, reason: 'not-found' })
  })

  it('a newly registered method is seen, with when', async () => {
    const signIns = createSignIns(graphWith({ secret: clientSecret }))
    const { id } = await named('dana.cruz')
    const before = await signIns.methods(id)
    expect(before.map(({ label }) => label)).toEqual(['Authenticator, Pixel 7', 'E-mail'])
    await entra.controls.register({ user: 'dana.cruz@contoso.example', method: 'passkey' })
    const added = (await signIns.methods(id)).filter((one) => before.every((old) => old.id !== one.id))
    expect(added).toMatchObject([{ type: 'fido2', strong: true }])
    expect(added[0]?.createdAt).toBeGreaterThan(0)
  })
})
