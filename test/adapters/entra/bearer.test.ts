import { once } from 'node:events'
import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'
import { describe, expect, it } from 'vitest'
import { createBearers } from '../../../src/adapters/entra/bearer.ts'
import { danaOfStandIn, openStandIn } from './stand-in-under-test.ts'

const tenantId = '5b1c7a4e-0000-4000-8000-000000000001'
const audience = '5b1c7a4e-0000-4000-8000-00000000c0de'
const dana = danaOfStandIn.slice('entra:'.length)
const wanted = { audience, scope: 'openid decode' }

async function start() {
  const { entra } = await openStandIn()
  const { authorityUrl } = entra
  const bearer = createBearers({ tenantId, authorityUrl, audience, scope: 'decode' })
  const claims = async (): Promise<JWTPayload> => {
    const [, body = ''] = (await entra.signInToken(dana, wanted)).split('.')
    return JSON.parse(Buffer.from(body, 'base64url').toString()) as JWTPayload
  }
  return { entra, bearer, claims }
}

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds
const no = (reason: string) => ({ ok: false, reason })

describe('a token of the tenant', () => {
  it('for this application, with this scope, is the person whom it was given to', async () => {
    const { entra, bearer } = await start()
    const token = await entra.signInToken(dana, wanted)
    expect(await bearer(`Bearer ${token}`)).toEqual({ ok: true, value: danaOfStandIn })
  })

  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['that is over', { exp: inSeconds(-61) }, 'expired'],
    ['that is not valid yet', { nbf: inSeconds(90) }, 'too early'],
    ['for another application', { aud: 'another' }, 'audience'],
    ['of another tenant', { iss: 'https://login.microsoftonline.com/other/v2.0' }, 'issuer'],
    ['of version 1.0', { iss: `https://sts.windows.net/${tenantId}/` }, 'issuer'],
    ['without this scope', { scp: 'decoder' }, 'scope'],
    ['that says who somebody is, and allows nothing', { scp: undefined }, 'scope'],
    ['of no person', { oid: 'dana' }, 'scope'],
    ['that never ends', { exp: undefined }, 'unreadable'],
  ])('%s does not count', async (_, claims, reason) => {
    const { entra, bearer } = await start()
    const token = await entra.signInToken(dana, { ...wanted, claims })
    expect(await bearer(`Bearer ${token}`)).toEqual(no(reason))
  })

  it('whose words were changed does not count', async () => {
    const { entra, bearer, claims } = await start()
    const [head, , signature] = (await entra.signInToken(dana, wanted)).split('.')
    const other = { ...(await claims()), oid: '49741b23-85ad-4df5-af75-b1b39b7dfc36' }
    const body = Buffer.from(JSON.stringify(other)).toString('base64url')
    expect(await bearer(`Bearer ${head}.${body}.${signature}`)).toEqual(no('signature'))
  })
})

describe('what the tenant did not sign does not count', () => {
  it('a token with a key of somebody else, also under the name of the tenant’s', async () => {
    const { entra, bearer, claims } = await start()
    const { privateKey } = await generateKeyPair('RS256')
    const [head = ''] = (await entra.signInToken(dana, wanted)).split('.')
    const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { readonly kid: string }
    for (const name of [kid, 'another']) {
      const forged = new SignJWT(await claims()).setProtectedHeader({ alg: 'RS256', kid: name })
      expect(await bearer(`Bearer ${await forged.sign(privateKey)}`)).toEqual(no('signature'))
    }
  })
  it('a token that nobody signed, and one that is signed with a public text', async () => {
    const { bearer, claims } = await start()
    const unsigned = new UnsecuredJWT(await claims()).encode()
    expect(await bearer(`Bearer ${unsigned}`)).toMatchObject({ ok: false })
    const shared = new SignJWT(await claims()).setProtectedHeader({ alg: 'HS256' })
    const symmetric = await shared.sign(Buffer.from('the public key of the tenant, say'))
    expect(await bearer(`Bearer ${symmetric}`)).toEqual(no('signature'))
  })
  it.each([undefined, '', 'Bearer', 'Basic ZGFuYTpkYW5h', 'Bearer a b'])('no token: %s', async (header) => {
    const { bearer } = await start()
    expect(await bearer(header)).toEqual(no('no token'))
  })
  it('a token that names none of the tenant’s keys, of which there are several: the tenant is not away', async () => {
    const made = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
    const keys = await Promise.all(
      made.map(async ({ publicKey }, index) => ({ ...(await exportJWK(publicKey)), kid: `${index}` })),
    )
    const server = createServer((_, response) => response.end(JSON.stringify({ keys })))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const authorityUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    const bearer = createBearers({ tenantId, authorityUrl, audience, scope: 'decode' })
    const { privateKey } = await generateKeyPair('RS256')
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'RS256' }).sign(privateKey)
    expect(await bearer(`Bearer ${token}`)).toEqual(no('signature'))
    server.close()
  })
  it('what is no token at all', async () => {
    const { bearer } = await start()
    expect(await bearer('Bearer x.y.z')).toEqual(no('unreadable'))
  })
})

it('while the keys of the tenant can not be had, nobody is anybody', async () => {
  const { entra, bearer } = await start()
  const token = await entra.signInToken(dana, wanted)
  entra.faults.plan({ match: (_, path) => path.endsWith('/keys'), when: 'before', do: 'status', status: 503 })
  await expect(bearer(`Bearer ${token}`)).rejects.toMatchObject({
    code: 'unavailable',
    status: 'signing-keys',
  })
  expect(await bearer(`Bearer ${token}`)).toMatchObject({ ok: true })
})

it('who may not sign in gets no token', async () => {
  const { entra } = await start()
  await expect(entra.signInToken('nobody', wanted)).rejects.toThrow('can not sign in')
})
