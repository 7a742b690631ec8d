import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createCodecApp } from '../../src/codec/app.ts'
import type { CodecPorts, Payload } from '../../src/codec/ports.ts'
import type { DecodedFact } from '../../src/core/ledger/decoded-fact.ts'
import { no, yes } from '../../src/core/result.ts'
import { freePort } from '../../src/sandbox/free-port.ts'
import { openServer } from '../../src/server.ts'

const sam = { id: 'entra:sam', name: 'Sam Ode', enabled: true, guest: false } as const
const page = 'https://temporal.contoso.example'
const usual = { authorization: 'Bearer sam', 'x-namespace': 'hallpass', origin: page }

function appThat(changes: Partial<CodecPorts> = {}) {
  const facts: DecodedFact[] = []
  const lines: string[] = []
  const decoded: (readonly Payload[])[] = []
  const app = createCodecApp({
    origin: page,
    namespace: 'hallpass',
    bearer: async (authorization) => {
      if (authorization === 'Bearer sam') return yes('entra:sam')
      return authorization === 'Bearer hanna' ? yes('entra:hanna') : no('no token')
    },
    ofSecurity: async (id) => (id === sam.id ? sam : undefined),
    record: async (fact) => void facts.push(fact),
    decode: async (payloads) => {
      decoded.push(payloads)
      return yes(
        payloads.map(() => ({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"x"') })),
      )
    },
    log: (level, what, about) => void lines.push(`${level} ${what} ${JSON.stringify(about)}`),
    now: () => 1_000,
    ...changes,
  })
  const post = (headers: Record<string, string> = {}, body: unknown = asked, path = '/decode') =>
    app.request(path, {
      method: 'POST',
      headers: { ...usual, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  return { app, facts, lines, decoded, post }
}

/** Asks with a body of megabytes that never ends, and counts how many of them were wanted. */
async function postEndless(
  { request: ask }: ReturnType<typeof createCodecApp>,
  headers: Record<string, string> = {},
) {
  let pulled = 0
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    pulled += 1
    controller.enqueue(new Uint8Array(1024 * 1024))
  }
  const body = new ReadableStream({ pull }, { highWaterMark: 0 })
  const init = { method: 'POST', headers: { ...usual, ...headers }, body, duplex: 'half' }
  const { status } = await ask('/decode', init)
  return { status, pulled }
}

const asked = {
  payloads: [
    { metadata: { encoding: 'YmluYXJ5L2VuY3J5cHRlZA==' }, data: 'AQID' },
    { metadata: { encoding: 'anNvbi9wbGFpbg' }, data: '-_8' },
  ],
}

describe('a member of security', () => {
  it('reads payloads, in Protobuf’s JSON both ways', async () => {
    const { post, decoded } = appThat()
    const answer = await post()
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        payloads: [
          { metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'Ingi' },
          { metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'Ingi' },
        ],
      },
    ])
    const [first, second] = decoded[0] ?? []
    expect(Buffer.from(first?.metadata?.['encoding'] ?? []).toString()).toBe('binary/encrypted')
    expect([...(second?.data ?? [])]).toEqual([251, 255])
  })
  it('is written down before anything is decoded, and where that can’t be, nothing is', async () => {
    const { post, facts, lines } = appThat()
    await post()
    const use = { by: 'entra:sam', namespace: 'hallpass', count: 2 }
    expect(facts).toEqual([{ type: 'payloads-decoded', at: 1_000, ...use, details: { name: 'Sam Ode' } }])
    expect(lines).toEqual([`info payloads are decoded ${JSON.stringify(use)}`])
    const down = appThat({ record: () => Promise.reject(new Error('postgres: unavailable')) })
    expect((await down.post()).status).toBe(503)
    expect(down.decoded).toEqual([])
    expect(down.lines).toEqual(['warn payloads could not be decoded {"because":"postgres: unavailable"}'])
  })
  it('reads them wherever a proxy leads here from, and with a program that is no browser', async () => {
    const { app, post } = appThat()
    expect((await post({}, asked, '/codec/hallpass/decode')).status).toBe(200)
    const headers = { authorization: 'Bearer sam', 'x-namespace': 'hallpass' }
    const cli = await app.request('/decode', { method: 'POST', headers, body: JSON.stringify(asked) })
    expect(cli.status).toBe(200)
  })
  it('is answered who asks for nothing, as Temporal’s command line does, and that is no use of it', async () => {
    const { post, facts } = appThat()
    const answer = await post({}, {})
    expect([answer.status, await answer.json()]).toEqual([200, { payloads: [] }])
    expect(facts).toEqual([])
  })
  it('is told what can’t be read, and why', async () => {
    const { post } = appThat({ decode: async () => no('A payload was changed.') })
    const answer = await post()
    expect([answer.status, await answer.text()]).toEqual([400, 'A payload was changed.\n'])
  })
})

describe('refused, with nothing decoded and nothing written down as read', () => {
  it.each<[string, Record<string, string>, number, string]>([
    ['whoever has no token', { authorization: '' }, 401, 'no token'],
    ['the helpdesk', { authorization: 'Bearer hanna' }, 403, 'not of security: entra:hanna'],
    ['another page', { origin: 'https://evil.example' }, 403, 'origin'],
    ['a page without a name', { origin: 'null' }, 403, 'origin'],
    ['another namespace', { 'x-namespace': 'other' }, 403, 'namespace'],
  ])('%s', async (_, headers, status, because) => {
    const { post, facts, decoded, lines } = appThat()
    expect((await post(headers)).status).toBe(status)
    expect([facts, decoded]).toEqual([[], []])
    expect(lines).toEqual([`warn payloads were not decoded ${JSON.stringify({ because })}`])
  })
  it.each([
    ['whoever has no token', { authorization: '' }, 401],
    ['the helpdesk', { authorization: 'Bearer hanna' }, 403],
    ['another page', { origin: 'https://evil.example' }, 403],
  ])('%s, before anything of a body without an end is read', async (_, headers, expected) => {
    const { status, pulled } = await postEndless(appThat().app, headers)
    expect([status, pulled]).toEqual([expected, 0])
  })
  it('whoever has no token, over a connection on which the body is still to come', async () => {
    const port = await freePort()
    const server = await openServer(appThat().app.fetch, { host: '127.0.0.1', port, mend: '' })
    const headers = { 'x-namespace': 'hallpass', 'transfer-encoding': 'chunked' }
    const asking = request({ port, path: '/decode', method: 'POST', headers })
    asking.flushHeaders()
    const [answer] = (await once(asking, 'response')) as [IncomingMessage]
    asking.on('error', () => undefined).destroy()
    await server.stop()
    expect(answer.statusCode).toBe(401)
  })
  it('whoever left security while their body was on its way', async () => {
    let left = false
    const { app, facts, decoded } = appThat({
      ofSecurity: async (id) => (id === sam.id && !left ? sam : undefined),
    })
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
      left = true
      controller.enqueue(new TextEncoder().encode(JSON.stringify(asked)))
      controller.close()
    }
    const body = new ReadableStream({ pull }, { highWaterMark: 0 })
    const init = { method: 'POST', headers: usual, body, duplex: 'half' }
    const { status } = await app.request('/decode', init)
    expect([status, facts, decoded]).toEqual([403, [], []])
  })
  it('a body that is too large, of a member of security as well', async () => {
    const { app, facts, decoded } = appThat()
    const { status, pulled } = await postEndless(app)
    expect([status, pulled, facts, decoded]).toEqual([413, 9, [], []])
  })
  it.each(['', '{', '{"payloads":1}', '{"payloads":[{"data":"not base64!"}]}'])(
    '%s is no request',
    async (body) => {
      const { post, facts, decoded } = appThat()
      expect((await post({}, body)).status).toBe(400)
      expect([facts, decoded]).toEqual([[], []])
    },
  )
  it('everybody, while it can’t be asked who they are or whether they are of security', async () => {
    for (const away of ['bearer', 'ofSecurity'] as const) {
      const { post, decoded } = appThat({ [away]: () => Promise.reject(new Error('graph: unavailable')) })
      expect((await post()).status).toBe(503)
      expect(decoded).toEqual([])
    }
  })
  it('writing: there is no encoding here, nor any other path', async () => {
    const { post } = appThat()
    expect((await post({}, asked, '/encode')).status).toBe(404)
    expect((await post({}, asked, '/decode/x')).status).toBe(404)
  })
})

function preflight(origin: string) {
  const headers = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  }
  return appThat().app.request('/decode', { method: 'OPTIONS', headers })
}

describe('a browser', () => {
  it('learns that Temporal’s page may ask, with its token', async () => {
    const { headers } = await preflight(page)
    expect(headers.get('access-control-allow-origin')).toBe(page)
    expect(headers.get('access-control-allow-methods')).toBe('POST')
    expect(headers.get('access-control-allow-headers')).toContain('Authorization')
    expect(headers.get('access-control-allow-credentials')).toBeNull()
  })
  it('learns that no other page may', async () => {
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
  })
})
