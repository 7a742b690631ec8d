import { createHash, X509Certificate } from 'node:crypto'

import { createLocalJWKSet, decodeJwt, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import type { CryptoKey, JSONWebKeySet } from 'jose'
import { describe, expect, it } from 'vitest'

import { selfSignedCertificate } from './self-signed-certificate.ts'
import { CLIENT, openTenantUnderTest, refusalOf, requestToken, send, TENANT } from './tenant-under-test.ts'

const OTHER = 'd89cf32f-9fe1-45ef-aa50-1c2875e01814'
const OTHER_TENANT = '11111111-1111-4111-8111-111111111111'

describe('the token endpoint', () => {
  it('answers as Entra does, with a token that its published key verifies', async () => {
    const { entra } = await openTenantUnderTest({ permissions: ['User.Read.All'] })
    const { status, body } = await requestToken(entra)
    const keys = await send('GET', `${entra.authorityUrl}/${TENANT}/discovery/v2.0/keys`)
    const { payload, protectedHeader } = await jwtVerify(
      body.access_token,
      createLocalJWKSet(keys.body as unknown as JSONWebKeySet),
      { currentDate: new Date(Date.parse('2026-03-02T09:00:00Z')) },
    )
    expect([status, Object.keys(body).toSorted()]).toEqual([
      200,
      ['access_token', 'expires_in', 'ext_expires_in', 'token_type'],
    ])
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3599 })
    expect(protectedHeader.alg).toBe('RS256')
    expect(payload).toMatchObject({
      aud: 'https://graph.microsoft.com',
      iss: `https://sts.windows.net/${TENANT}/`,
      tid: TENANT,
      appid: CLIENT,
      roles: ['User.Read.All'],
    })
    expect(JSON.stringify(keys.body)).not.toContain('"d"')
  })

  it('knows the other applications of the tenant, each with its own secret and permissions', async () => {
    const other = {
      clientId: OTHER,
      clientSecret: 'of the other',
      clientCertificate: undefined,
      permissions: ['Policy.Read.All'],
    }
    const { entra } = await openTenantUnderTest({ others: [other] })
    const granted = await requestToken(entra, { client_id: OTHER, client_secret: 'of the other' })
    expect(decodeJwt(granted.body.access_token)).toMatchObject({ appid: OTHER, roles: ['Policy.Read.All'] })
    expect((await requestToken(entra, { client_id: OTHER })).status).toBe(401)
    expect((await requestToken(entra, { client_secret: 'of the other' })).status).toBe(401)
  })

  it.each([
    ['a wrong secret', { client_secret: 'wrong' }, TENANT, [401, 'invalid_client', 7_000_215]],
    ['an unknown tenant', {}, OTHER_TENANT, [400, 'invalid_request', 90_002]],
    ['an unknown application', { client_id: OTHER }, TENANT, [400, 'unauthorized_client', 700_016]],
    ['another grant', { grant_type: 'password' }, TENANT, [400, 'unsupported_grant_type', 70_003]],
    ['a scope of its own making', { scope: 'User.Read.All' }, TENANT, [400, 'invalid_scope', 1_002_012]],
  ])('refuses %s by the number that Entra gives it', async (_case, form, tenant, refusal) => {
    const { entra } = await openTenantUnderTest()
    const { status, body } = await requestToken(entra, form, tenant)
    const [, error, number] = refusal
    expect(status).toBe(refusal[0])
    expect(body).toMatchObject({
      error,
      error_codes: [number],
      error_description: expect.stringMatching(new RegExp(`^AADSTS${number}: .+ Trace ID: .+`)) as string,
    })
    expect(JSON.stringify(body)).not.toContain('a-secret-of-the-tests')
  })

  it('refuses a request that is no form, and paths that it does not have', async () => {
    const { entra } = await openTenantUnderTest()
    const url = `${entra.authorityUrl}/${TENANT}/oauth2/v2.0/token`
    const json = await send('POST', url, { json: { grant_type: 'client_credentials' } })
    expect([json.status, json.body]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_request', error_codes: [900_144] }),
    ])
    expect((await send('GET', url)).status).toBe(404)
  })
})

describe('a client assertion', () => {
  const { certificate, privateKey: ownKey } = selfSignedCertificate()
  const thumbprint = createHash('sha256').update(new X509Certificate(certificate).raw).digest('base64url')
  const assert = async (changes: {
    readonly key?: CryptoKey
    readonly claims?: Readonly<Record<string, unknown>>
    readonly header?: Readonly<Record<string, string>>
  }) => {
    const { entra, clock } = await openTenantUnderTest({ clientCertificate: certificate })
    const now = Math.floor(clock.now / 1000)
    const header = { alg: 'PS256', 'x5t#S256': thumbprint, ...changes.header }
    const assertion = await new SignJWT({
      aud: `${entra.authorityUrl}/${TENANT}/oauth2/v2.0/token`,
      iss: CLIENT,
      sub: CLIENT,
      jti: 'one',
      nbf: now,
      exp: now + 300,
      ...changes.claims,
    })
      .setProtectedHeader(header)
      .sign(changes.key ?? ownKey)
    return send('POST', `${entra.authorityUrl}/${TENANT}/oauth2/v2.0/token`, {
      form: {
        grant_type: 'client_credentials',
        client_id: CLIENT,
        scope: 'https://graph.microsoft.com/.default',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      },
    })
  }

  it.each(['PS256', 'RS256'])('signed with %s by the key of the certificate gets a token', async (alg) => {
    const { status, body } = await assert({ header: { alg } })
    expect(status).toBe(200)
    expect(decodeJwt(body.access_token)).toMatchObject({ appid: CLIENT })
  })

  it.each([
    ['for another audience', { claims: { aud: 'https://elsewhere.example' } }, 700_023],
    ['of another application', { claims: { iss: OTHER } }, 700_021],
    ['about another application', { claims: { sub: OTHER } }, 700_021],
    ['that is over', { claims: { exp: 1_700_000_000 } }, 700_024],
    ['without a thumbprint of the certificate', { header: { 'x5t#S256': 'x' } }, 700_027],
  ])('%s is refused', async (_case, changes, number) => {
    const { status, body } = await assert(changes)
    expect(status).toBe(401)
    expect(body).toMatchObject({ error: 'invalid_client', error_codes: [number] })
  })

  it('signed by another key is refused', async () => {
    const { privateKey } = await generateKeyPair('PS256')
    const { status, body } = await assert({ key: privateKey })
    expect([status, body]).toEqual([401, expect.objectContaining({ error_codes: [700_027] })])
  })
})

const invalid = (message: string) => [401, 'InvalidAuthenticationToken', message]
const call = async (make: (token: string) => Promise<string> | string) => {
  const { entra } = await openTenantUnderTest()
  const { body } = await requestToken(entra)
  const authorization = await make(body.access_token)
  return refusalOf(await send('GET', `${entra.graphUrl}/users`, { headers: { authorization } }))
}

const unsigned = (token: string) => {
  const header = Buffer.from('{"alg":"none"}').toString('base64url')
  return `Bearer ${header}.${token.split('.')[1]}.`
}

describe('the bearer that Graph takes', () => {
  it('is not missing', async () => {
    expect(await call(() => '')).toEqual(invalid('Access token is empty.'))
  })

  it('is a token', async () => {
    expect(await call(() => 'Bearer nonsense')).toEqual(
      invalid('CompactToken parsing failed with error code: 80049217'),
    )
  })

  it('is not forged: the same claims under another key are refused', async () => {
    const { privateKey } = await generateKeyPair('RS256')
    const forge = async (token: string) => {
      const forged = new SignJWT(decodeJwt(token)).setProtectedHeader({ alg: 'RS256' })
      return `Bearer ${await forged.sign(privateKey)}`
    }
    expect(await call(forge)).toEqual(invalid('Access token validation failure. Invalid signature.'))
  })

  it('is signed at all', async () => {
    expect((await call(unsigned))[0]).toBe(401)
  })

  it('is for Graph: a true token for another resource is refused', async () => {
    const { entra } = await openTenantUnderTest()
    const { body } = await requestToken(entra, { scope: `${CLIENT}/.default` })
    const authorization = `Bearer ${body.access_token}`
    const reply = await send('GET', `${entra.graphUrl}/users`, { headers: { authorization } })
    expect(refusalOf(reply)).toEqual(invalid('Access token validation failure. Invalid audience.'))
  })

  it('is not older than an hour by the clock of the directory', async () => {
    const { entra, bearer } = await openTenantUnderTest()
    const authorization = await bearer()
    const read = () => send('GET', `${entra.graphUrl}/users`, { headers: { authorization } })
    await entra.controls.passTime({ minutes: 59 })
    expect((await read()).status).toBe(200)
    await entra.controls.passTime({ minutes: 1 })
    expect(refusalOf(await read())).toEqual(invalid('Lifetime validation failed, the token is expired.'))
  })
})
