import { request as httpRequest } from 'node:http'

import { describe, expect, it } from 'vitest'

import {
  CLIENT,
  DANA_ID,
  openTenantUnderTest,
  passesOf,
  refusalOf,
  requestToken,
  SECRET,
  TENANT,
} from './tenant-under-test.ts'

const isMint = (method: string, path: string) =>
  method === 'POST' && path.endsWith('/temporaryAccessPassMethods')

describe('the limit of the authentication paths', () => {
  it('refuses the sixth request in ten seconds and says when to come back', async () => {
    const { graph, clock, entra } = await openTenantUnderTest({ authenticationRequestsPer10s: 5 })
    const read = () => graph('GET', passesOf(DANA_ID))
    for (let count = 0; count < 5; count += 1) {
      expect((await read()).status).toBe(200)
      clock.now += 500
    }
    const refused = await read()
    expect(refusalOf(refused)).toEqual([429, 'TooManyRequests', 'Too many requests.'])
    expect(refused.headers.get('retry-after')).toBe('8')
    expect((await graph('GET', `/users/${DANA_ID}`)).status).toBe(200)
    await entra.controls.passTime({ minutes: 10 })
    expect((await read()).status).toBe(429)
    clock.now += 7_500
    expect((await read()).status).toBe(200)
    expect((await read()).status).toBe(429)
  })

  it('is five unless something else is asked for', async () => {
    const { graph } = await openTenantUnderTest({ authenticationRequestsPer10s: undefined as never })
    const statuses = []
    for (let count = 0; count < 6; count += 1) statuses.push((await graph('GET', passesOf(DANA_ID))).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
  })
})

describe('a planned fault', () => {
  it('answers instead of acting when it comes before the effect, once', async () => {
    const { graph, entra } = await openTenantUnderTest()
    const body = { error: { code: 'serviceNotAvailable', message: 'Later.' } }
    const headers = { 'retry-after': '2' }
    entra.faults.plan({ match: isMint, when: 'before', do: 'status', status: 503, body, headers })
    expect((await graph('GET', passesOf(DANA_ID))).status).toBe(200)
    const refused = await graph('POST', passesOf(DANA_ID), {})
    expect([refused.status, refused.body, refused.headers.get('retry-after')]).toEqual([503, body, '2'])
    expect([entra.mints(), entra.faults.pending()]).toEqual([0, 0])
    expect((await graph('POST', passesOf(DANA_ID), {})).status).toBe(201)
  })

  it('hides the effect when it comes after it', async () => {
    const { graph, entra } = await openTenantUnderTest()
    entra.faults.plan({ match: isMint, when: 'after', do: 'status', status: 500 })
    expect((await graph('POST', passesOf(DANA_ID), {})).status).toBe(500)
    expect(entra.mints()).toBe(1)
    expect((await graph('GET', passesOf(DANA_ID))).body.value).toHaveLength(1)
  })

  it('cuts the connection', async () => {
    const { graph, entra } = await openTenantUnderTest()
    entra.faults.plan({ match: isMint, when: 'after', do: 'drop' })
    await expect(graph('POST', passesOf(DANA_ID), {})).rejects.toThrow('fetch failed')
    expect(entra.mints()).toBe(1)
  })

  it('answers nonsense', async () => {
    const { graph, entra } = await openTenantUnderTest()
    entra.faults.plan({ match: isMint, when: 'before', do: 'nonsense', body: '<html>' })
    await expect(graph('POST', passesOf(DANA_ID), {})).rejects.toThrow(SyntaxError)
    expect(entra.mints()).toBe(0)
  })

  it('lets the effect come late although the caller has given up', async () => {
    const { entra, bearer } = await openTenantUnderTest()
    entra.faults.plan({ match: isMint, when: 'before', do: 'hang', ms: 1000 })
    const call = fetch(entra.graphUrl + passesOf(DANA_ID), {
      method: 'POST',
      headers: { authorization: await bearer(), 'content-type': 'application/json' },
      body: '{}',
      signal: AbortSignal.timeout(50),
    })
    await expect(call).rejects.toThrow('timeout')
    expect(entra.mints()).toBe(0)
    await expect.poll(() => entra.mints(), { timeout: 60_000 }).toBe(1)
  })

  it('delays the answer after the effect', async () => {
    const { graph, entra } = await openTenantUnderTest()
    entra.faults.plan({ match: isMint, when: 'after', do: 'hang', ms: 1000 })
    let answered = false
    const call = graph('POST', passesOf(DANA_ID), {}).finally(() => {
      answered = true
    })
    await expect.poll(() => entra.mints(), { interval: 5, timeout: 60_000 }).toBe(1)
    expect(answered).toBe(false)
    expect((await call).status).toBe(201)
  })

  it('meets token requests, too, and closing does not wait for a hang', async () => {
    const { entra } = await openTenantUnderTest()
    entra.faults.plan({
      match: (_method, path) => path.endsWith('/token'),
      when: 'before',
      do: 'hang',
      ms: 60_000,
    })
    const outcome = requestToken(entra).then(
      () => 'answered',
      () => 'cut',
    )
    await expect.poll(() => entra.faults.pending()).toBe(0)
    await entra.close()
    expect(await outcome).toBe('cut')
  })
})

describe('the server', () => {
  it('turns away a request that names another host, and one that is too large', async () => {
    const { entra } = await openTenantUnderTest()
    const url = `${entra.authorityUrl}/${TENANT}/oauth2/v2.0/token`
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: CLIENT,
      client_secret: SECRET,
      scope: 'https://graph.microsoft.com/.default',
    }).toString()
    const post = (host: string, body: string) =>
      new Promise<number | undefined>((resolve) => {
        const headers = { host, 'content-type': 'application/x-www-form-urlencoded' }
        const request = httpRequest(url, { method: 'POST', headers }, ({ statusCode }) => resolve(statusCode))
        request.on('error', () => resolve(undefined)).end(body)
      })
    const { host } = new URL(url)
    expect(host).toMatch(/^127\.0\.0\.1:\d+$/)
    expect(await post(host, form)).toBe(200)
    expect(await post('rebound.example', form)).toBe(400)
    expect(await post(host, `${form}&padding=${'x'.repeat(70_000)}`)).not.toBe(200)
  })
})
