/// <reference types="node" />
import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPage } from '../../../src/sandbox/page-server.ts'
import type { Page } from '../../../src/sandbox/page-server.ts'
import { fakeWorkspace } from './fake-workspace.ts'

type Call = { path: string; method?: string; headers?: Record<string, string>; body?: string }
type Got = { status: number; headers: IncomingHttpHeaders; body: string }

const fake = fakeWorkspace()
const progress = {
  ready: true,
  story: 'one',
  steps: [{ name: 'Temporal', state: 'done' as const, detail: 'answers' }],
}
let page: Page
let starting: Page
let host: string

beforeAll(async () => {
  const { slack, entra, vpn, exceptions, subscribe } = fake
  const common = { port: 0, progress: () => progress, exceptions, subscribe }
  page = await startPage({ ...common, slack: () => slack, entra: () => entra, vpn: () => vpn })
  starting = await startPage({
    ...common,
    slack: () => undefined,
    entra: () => undefined,
    vpn: () => undefined,
  })
  host = new URL(page.url).host
})

afterAll(async () => {
  await page.close()
  await starting.close()
})

/** fetch would set Host and Origin itself. */
function call({ path, method = 'GET', headers = {}, body = '' }: Call, at = page.url): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(at), { path, method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Got> {
  const own = { origin: `http://${host}`, 'content-type': 'application/json', ...headers }
  return call({
    path,
    method: 'POST',
    headers: own,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

const patience = { timeout: 60_000 }
const command = { conversation: 'D0HANNA', text: '/tap @dana 1h lost phone' }
const toHanna = '/api/as/U0HANNA/command'

describe('who may call', () => {
  it('the page is found under its own address only', async () => {
    expect((await call({ path: '/', headers: { host: 'evil.example' } })).status).toBe(403)
    expect((await call({ path: '/', headers: { host: '127.0.0.1:1' } })).status).toBe(403)
    expect(
      (await call({ path: '/', headers: { host: host.replace('127.0.0.1', 'localhost') } })).status,
    ).toBe(200)
  })

  it('only the page itself changes anything', async () => {
    const before = fake.calls.length
    const statuses = [
      (await post(toHanna, command, { origin: 'https://evil.example' })).status,
      (await post(toHanna, command, { origin: 'null' })).status,
      (
        await call({
          path: toHanna,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{}',
        })
      ).status,
      (await post(toHanna, command, { 'content-type': 'text/plain' })).status,
      (await post(toHanna, command, { host: 'evil.example' })).status,
      (await call({ path: toHanna, method: 'PUT', headers: { origin: `http://${host}` } })).status,
    ]
    expect(statuses).toEqual([403, 403, 403, 415, 403, 405])
    expect(fake.calls).toHaveLength(before)
  })

  it('nothing from elsewhere is loaded or framed', async () => {
    const { headers } = await call({ path: '/' })
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['cache-control']).toBe('no-store')
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  })
})

describe('what is accepted', () => {
  it('a command reaches the workspace as the person of the path', async () => {
    const { status, body } = await post(toHanna, command)
    expect([status, JSON.parse(body)]).toEqual([200, { ok: true }])
    expect(fake.calls.at(-1)).toEqual({ user: 'U0HANNA', what: 'command', input: command })
  })

  it('a code goes to the sign-in page', async () => {
    const { body } = await post('/api/entra/sign-in', { user: 'e2', code: '+drkzqAD' })
    expect(JSON.parse(body)).toEqual({
      ok: true,
      says: 'Signed in. One-time pass used: add a method within 10 minutes.',
    })
  })

  it('a code goes to the VPN', async () => {
    const { body } = await post('/api/vpn/sign-in', { userName: 'dana', code: '7F3K-Q2MD-9XWA-4T0Z' })
    expect(JSON.parse(body)).toMatchObject({ ok: true, says: 'Let in.' })
  })

  it.each([
    ['not JSON', toHanna, '{', 400],
    ['a missing field', toHanna, { text: 'x' }, 400],
    ['an unknown field', toHanna, { ...command, more: 1 }, 400],
    ['an unknown method', '/api/entra/register', { user: 'e1', method: 'password' }, 400],
    ['a sign-in of nobody', '/api/vpn/sign-in', { userName: '', code: 'x' }, 400],
    ['a second line in a code', '/api/vpn/sign-in', { userName: 'dana', code: 'x\nUser-Name = y' }, 400],
    ['a report of nobody', '/api/entra/report', { user: '' }, 400],
    ['time going backwards', '/api/entra/pass-time', { minutes: -5 }, 400],
    ['a verb that is none', '/api/as/U0HANNA/shout', {}, 404],
    ['a name of every object', '/api/constructor', {}, 404],
    ['a path that is none', '/api/as/../command', {}, 404],
    ['more than 256 kB', toHanna, { ...command, text: 'x'.repeat(300_000) }, 413],
  ])('%s is refused', async (_what, path, body, status) => {
    const before = fake.calls.length
    const got = await post(path, body)
    expect(got.status).toBe(status)
    expect(JSON.parse(got.body)).toMatchObject({ ok: false })
    expect(fake.calls).toHaveLength(before)
  })
})

describe('files', () => {
  it.each([
    ['/', 'text/html'],
    ['/start.js', 'text/javascript'],
    ['/base.css', 'text/css'],
    ['/icon.svg', 'image/svg+xml'],
    ['/vendor/preact.js', 'text/javascript'],
    ['/vendor/hooks.js', 'text/javascript'],
    ['/vendor/htm.js', 'text/javascript'],
  ])('%s is served as %s', async (path, type) => {
    const { status, headers } = await call({ path })
    expect([status, headers['content-type']]).toEqual([200, `${type}; charset=utf-8`])
  })

  it('no module keeps an import that a browser cannot resolve', async () => {
    const { body } = await call({ path: '/vendor/hooks.js' })
    expect(body).not.toMatch(/from\s*"[^./]/)
  })

  it.each([
    '/../page-server.ts',
    '/%2e%2e/page-server.ts',
    '/vendor/preact.d.ts',
    '/nothing.js',
    '/page',
    '//etc/passwd',
  ])('%s is not there', async (path) => {
    expect((await call({ path })).status).toBe(404)
  })
})

describe('while the parts start', () => {
  it('progress is told and everything else says so', async () => {
    expect(JSON.parse((await call({ path: '/api/progress' }, starting.url)).body)).toEqual(progress)
    expect((await call({ path: '/api/events?as=U0HANNA' }, starting.url)).status).toBe(503)
    const headers = { origin: starting.url, 'content-type': 'application/json' }
    const body = JSON.stringify(command)
    expect((await call({ path: toHanna, method: 'POST', headers, body }, starting.url)).status).toBe(503)
    const path = '/api/vpn/sign-in'
    expect((await call({ path, method: 'POST', headers, body }, starting.url)).status).toBe(503)
  })
})

async function listen(as: string) {
  const leave = new AbortController()
  const response = await fetch(`${page.url}/api/events?as=${as}`, { signal: leave.signal })
  const events: { event: string; data: string }[] = []
  const read = async (): Promise<void> => {
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += new TextDecoder().decode(chunk)
      const whole = text.split('\n\n')
      text = whole.pop() ?? ''
      for (const one of whole) {
        const [, event = '', data = ''] = /^event: (\w+)\ndata: (.*)$/.exec(one) ?? []
        events.push({ event, data })
      }
    }
  }
  const done = read().catch(() => undefined)
  return { status: response.status, events, leave: () => (leave.abort(), done) }
}

describe('events', () => {
  it('a stranger gets none', async () => {
    expect((await call({ path: '/api/events?as=U0NOBODY' })).status).toBe(404)
  })

  it('begin with everything, then tell what changed, once for many changes', async () => {
    const { events, leave } = await listen('U0OLGA')
    await expect
      .poll(() => events.map(({ event }) => event), patience)
      .toEqual(['workspace', 'entra', 'exceptions'])
    for (let n = 0; n < 20; n++) fake.say('D0OLGA', 'U0HALLPASS', [], { text: `note ${n}` })
    await expect.poll(() => events.length, patience).toBe(4)
    expect(events[3]?.event).toBe('workspace')
    expect(events[3]?.data).toContain('note 19')
    fake.changed()
    fake.say('D0OLGA', 'U0HALLPASS', [], { text: 'last' })
    await expect.poll(() => events.length, patience).toBe(5)
    await leave()
    await expect.poll(() => fake.listening(), patience).toBe(0)
  })
})
