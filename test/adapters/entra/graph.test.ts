import { createHash, X509Certificate } from 'node:crypto'
import { inspect } from 'node:util'
import { decodeProtectedHeader, jwtVerify } from 'jose'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createGraph } from '../../../src/adapters/entra/graph.ts'
import type { GraphOptions } from '../../../src/adapters/entra/graph.ts'
import { Fault } from '../../../src/core/fault.ts'
import type { Asked, Told } from '../http-stub.ts'
import { startGraph } from './graph-stub.ts'
import { selfSigned } from './self-signed.ts'

const running: { stop(): Promise<void> }[] = []

async function start(answer: (asked: Asked) => Told | Promise<Told>, options: Partial<GraphOptions> = {}) {
  const stub = await startGraph(answer, options)
  running.push(stub)
  return stub
}

afterEach(async () => {
  vi.restoreAllMocks()
  await Promise.all(running.splice(0).map((stub) => stub.stop()))
})

const anything = (body: unknown) => ({ body })
const text = (body: unknown) => (typeof body === 'string' ? body : undefined)

async function faultOf(work: Promise<unknown>): Promise<Fault> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Fault)
  return error as Fault
}

describe('the token', () => {
  it('is asked for by the client credentials grant and sent as the bearer', async () => {
    const { graph, asked, tokenRequests } = await start(() => ({ body: {} }))
    await graph.read('/organization', anything)
    const [request] = tokenRequests()
    expect(request).toMatchObject({ method: 'POST', url: '/login/tenant/oauth2/v2.0/token' })
    expect(request?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/)
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client',
      client_secret: 'a-secret',
      scope: 'https://graph.microsoft.com/.default',
    })
    expect(asked()[0]?.headers.authorization).toBe('Bearer token-1')
  })

  it('is kept until five minutes before it expires', async () => {
    let now = 0
    const { graph, tokenRequests } = await start(() => ({ body: {} }), { now: () => now })
    await graph.read('/a', anything)
    now = 3600_000 - 300_001
    await graph.read('/a', anything)
    expect(tokenRequests()).toHaveLength(1)
    now = 3600_000 - 300_000
    await graph.read('/a', anything)
    expect(tokenRequests()).toHaveLength(2)
  })

  it('is asked for once by callers at the same moment', async () => {
    const { graph, tokenRequests } = await start(() => ({ body: {} }))
    await Promise.all([1, 2, 3, 4].map(() => graph.read('/a', anything)))
    expect(tokenRequests()).toHaveLength(1)
  })

  it('is replaced once when Graph does not accept it, and the request repeated', async () => {
    const { graph, asked } = await start(({ headers }) =>
      headers.authorization === 'Bearer token-1' ? { status: 401 } : { body: { fine: true } },
    )
    await expect(graph.read('/a', anything)).resolves.toEqual({ body: { fine: true } })
    expect(asked().map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2'])
  })

  it('is not replaced a second time', async () => {
    const { graph, asked } = await start(() => ({ status: 401 }))
    expect(await faultOf(graph.read('/a', anything))).toMatchObject({ code: 'refused', status: '401' })
    expect(asked()).toHaveLength(2)
  })

  it('is asked for again after a failure, which is told as a Fault without the secret', async () => {
    const answers: Told[] = [
      { status: 401, body: { error: 'invalid_client', error_description: 'a-secret is wrong' } },
      { body: { token_type: 'Bearer', expires_in: 3600 } },
      { body: '<html>a-secret</html>' },
      undefined,
    ]
    const { url } = await start(() => answers.shift())
    const graph = createGraph({
      tenantId: 'tenant',
      clientId: 'client',
      credential: { secret: 'a-secret' },
      authorityUrl: `${url}/v1.0`,
      graphUrl: `${url}/v1.0`,
    })
    for (const [code, status] of [
      ['refused', '401'],
      ['nonsense', 'token'],
      ['nonsense', 'token'],
      ['unavailable', 'network'],
    ]) {
      const fault = await faultOf(graph.read('/a', anything))
      expect(fault).toMatchObject({ service: 'graph', code, status })
      expect(inspect(fault)).not.toContain('a-secret')
    }
  })

  it('can be asked for with a certificate: an assertion signed with its key, made for this endpoint', async () => {
    const { certificate, key } = selfSigned()
    const now = Date.UTC(2026, 10, 22)
    const { graph, url, tokenRequests } = await start(() => ({ body: {} }), {
      credential: { certificate, key },
      now: () => now,
    })
    await graph.read('/a', anything)
    const form = new URLSearchParams(tokenRequests()[0]?.body)
    expect(form.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    expect(form.has('client_secret')).toBe(false)
    const assertion = form.get('client_assertion') ?? ''
    const x509 = new X509Certificate(certificate)
    expect(decodeProtectedHeader(assertion)).toEqual({
      alg: 'PS256',
      typ: 'JWT',
      'x5t#S256': createHash('sha256').update(x509.raw).digest('base64url'),
    })
    const { payload } = await jwtVerify(assertion, x509.publicKey, {
      audience: `${url}/login/tenant/oauth2/v2.0/token`,
      issuer: 'client',
      subject: 'client',
      currentDate: new Date(now),
      requiredClaims: ['jti', 'nbf'],
    })
    expect(payload.exp).toBe(now / 1000 + 300)
  })

  it('is never asked for with a certificate and the key of another', () => {
    expect(() =>
      createGraph({
        tenantId: 'tenant',
        clientId: 'client',
        credential: { certificate: selfSigned().certificate, key: selfSigned().key },
        authorityUrl: 'http://127.0.0.1:9/login',
        graphUrl: 'http://127.0.0.1:9/v1.0',
      }),
    ).toThrow(TypeError)
  })
})

describe('a request', () => {
  it('carries the correlation id that is given, and a UUID otherwise', async () => {
    const { graph, asked } = await start(() => ({ body: {} }))
    await graph.send({ method: 'POST', path: '/a', body: { b: 1 }, correlation: 'abc' })
    await graph.send({ method: 'DELETE', path: '/a' })
    const [first, second] = asked()
    expect(first).toMatchObject({ method: 'POST', body: '{"b":1}' })
    expect(first?.headers['client-request-id']).toBe('abc')
    expect(second?.headers['client-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('carries the id of what is being done where none is given, also the second time', async () => {
    const answers = [{ status: 401, body: {} }, { body: {} }, { body: {} }]
    const { graph, asked } = await start(() => answers.shift() ?? { body: {} }, { correlation: () => 'deed' })
    await graph.send({ method: 'GET', path: '/a' })
    await graph.send({ method: 'POST', path: '/a', correlation: 'own' })
    expect(asked().map(({ headers }) => headers['client-request-id'])).toEqual(['deed', 'deed', 'own'])
  })

  it.each([
    [400, {}, 'refused', undefined],
    [403, {}, 'refused', undefined],
    [404, {}, 'missing', undefined],
    [409, {}, 'conflict', undefined],
    [429, { 'retry-after': '7' }, 'throttled', 7],
    [429, { 'retry-after': 'soon' }, 'throttled', undefined],
    [500, {}, 'unavailable', undefined],
    [503, { 'retry-after': '30' }, 'unavailable', 30],
  ] as const)(
    'that is answered %i is a Fault, not tried again',
    async (status, headers, code, retryAfter) => {
      const { graph, asked } = await start(() => ({ status, headers, body: { error: { message: 'hush' } } }))
      const fault = await faultOf(graph.read('/a', anything))
      expect(fault).toMatchObject({ service: 'graph', code, status: String(status), retryAfter })
      expect(inspect(fault)).not.toContain('hush')
      expect(asked()).toHaveLength(1)
    },
  )

  it.each([
    ['a web page', '<html>+drkzqAD</html>'],
    ['a cut answer', '{"code":"+drkzqAD'],
    ['another type', { code: ['+drkzqAD'] }],
    ['nothing', ''],
  ])('that is answered with %s is nonsense, and nothing of it is told', async (_, body) => {
    const { graph } = await start(() => ({ body }))
    const fault = await faultOf(graph.read('/a', text))
    expect(fault).toMatchObject({ code: 'nonsense', status: '200' })
    expect(inspect(fault, { depth: 9 })).not.toContain('drkzqAD')
  })

  it('that is answered without end is given up', async () => {
    const { graph } = await start(() => ({ body: `"${'x'.repeat(5 * 1024 * 1024)}"` }))
    expect(await faultOf(graph.read('/a', anything))).toMatchObject({ code: 'nonsense', status: 'too-large' })
  })

  it('that is not answered within ten seconds is given up', async () => {
    const real = AbortSignal.timeout.bind(AbortSignal)
    const limit = vi.spyOn(AbortSignal, 'timeout').mockImplementation((after) => real(after / 100))
    const { graph } = await start(() => new Promise(() => {}))
    expect(await faultOf(graph.read('/a', anything))).toMatchObject({
      code: 'unavailable',
      status: 'timeout',
    })
    expect(limit).toHaveBeenCalledWith(10_000)
  })

  it('follows no redirect, which would carry the bearer elsewhere', async () => {
    const { graph, asked } = await start(() => ({ status: 302, headers: { location: '/v1.0/elsewhere' } }))
    expect(await faultOf(graph.read('/a', anything))).toMatchObject({ code: 'unavailable' })
    expect(asked().map(({ url }) => url)).toEqual(['/v1.0/a'])
  })
})

describe('a listing', () => {
  it('is read to its last page, an empty page in between included', async () => {
    const { graph, url, asked } = await start((one) => {
      if (one.url.endsWith('page=2'))
        return { body: { value: [], '@odata.nextLink': `${url}/v1.0/l?page=3` } }
      if (one.url.endsWith('page=3')) return { body: { value: ['c'] } }
      return { body: { value: ['a', 'b'], '@odata.nextLink': `${url}/v1.0/l?page=2` } }
    })
    await expect(graph.list('/l', text)).resolves.toEqual(['a', 'b', 'c'])
    expect(asked()).toHaveLength(3)
  })

  it.each(['http://127.0.0.1:9/v1.0/l', 'https://graph.microsoft.com.example/v1.0/l'])(
    'does not follow a link to %s',
    async (link) => {
      const { graph } = await start(() => ({ body: { value: [], '@odata.nextLink': link } }))
      expect(await faultOf(graph.list('/l', text))).toMatchObject({
        code: 'nonsense',
        status: 'foreign-link',
      })
    },
  )

  it('does not follow a link that only begins like the address of Graph', async () => {
    const { graph, url } = await start(() => ({
      body: { value: [], '@odata.nextLink': `${url}/v1.0.evil/l` },
    }))
    expect(await faultOf(graph.list('/l', text))).toMatchObject({ status: 'foreign-link' })
  })

  it('that never ends is given up', async () => {
    const { graph, url } = await start(() => ({ body: { value: [], '@odata.nextLink': `${url}/v1.0/l` } }))
    expect(await faultOf(graph.list('/l', text))).toMatchObject({ code: 'nonsense', status: 'endless' })
  })

  it.each([[{ value: ['a', 1] }], [{ values: [] }], [{ value: 'a' }]])(
    'with anything unreadable in it is none at all: %j',
    async (body) => {
      const { graph } = await start(() => ({ body }))
      expect(await faultOf(graph.list('/l', text))).toMatchObject({ code: 'nonsense' })
    },
  )
})
