import { expect, it } from 'vitest'
import { createContacts } from '../../src/telemetry/contacts.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'
import { watchRequests } from '../../src/telemetry/outgoing.ts'
import type { Attributes, Tracing } from '../../src/telemetry/tracing.ts'

function world(status: number | 'unreachable') {
  let time = 1_000_000
  const spans: { readonly name: string; readonly attributes: Attributes }[] = []
  const tracing: Tracing = {
    span: ({ name, attributes = {} }, work) =>
      work({ set: (more) => spans.push({ name, attributes: { ...attributes, ...more } }) }),
    close: async () => undefined,
  }
  const contacts = createContacts(() => time)
  const metrics = createMetrics(contacts)
  const watched = watchRequests('graph', {
    tracing,
    metrics,
    contacts,
    now: () => time,
    fetch: async () => {
      if (status === 'unreachable') throw new TypeError('fetch failed')
      return new Response(status === 204 ? null : '{"temporaryAccessPass":"SECRET"}', { status })
    },
  })
  return { ...watched, contacts, metrics, spans, pass: (milliseconds: number) => void (time += milliseconds) }
}
const address =
  'https://graph.example/v1.0/users/11111111-2222-4333-8444-555555555555/authentication/methods?$filter=x'

it.each([
  [200, 'ok', true],
  [204, 'ok', true],
  [404, 'missing', true],
  [429, 'throttled', false],
  [403, 'refused', false],
  [503, 'failed', false],
  ['unreachable', 'unreachable', false],
] as const)('an answer %s counts as %s', async (status, outcome, isContact) => {
  const { fetch, metrics, contacts } = world(status)
  await fetch(address).catch(() => undefined)
  expect(await metrics.text()).toContain(
    `hallpass_outgoing_requests_total{service="graph",outcome="${outcome}"} 1`,
  )
  expect(contacts.last('graph') !== undefined).toBe(isContact)
})

it('tokens are counted apart, and are no word of Graph', async () => {
  const { fetch, metrics, contacts } = world(200)
  await fetch('https://login.example/6f1a/oauth2/v2.0/token', { method: 'POST', body: 'client_secret=hush' })
  expect(await metrics.text()).toContain(
    'hallpass_outgoing_requests_total{service="entra-login",outcome="ok"} 1',
  )
  expect(contacts.last('graph')).toBeUndefined()
})

it('a span has the method and a template, and nothing of a person or of the answer', async () => {
  const { fetch, spans } = world(200)
  await fetch(address, { headers: { authorization: 'Bearer hush' } })
  expect(spans).toEqual([
    {
      name: 'graph GET /v1.0/users/{id}/authentication/methods',
      attributes: {
        'http.request.method': 'GET',
        'server.address': 'graph.example',
        'url.template': '/v1.0/users/{id}/authentication/methods',
        'http.response.status_code': 200,
      },
    },
  ])
})

it('what was asked lately is what counts towards a limit', async () => {
  const { fetch, usage, pass } = world(429)
  await fetch(address)
  pass(6_000)
  await fetch(address)
  expect(usage()).toEqual({ inTenSeconds: 2, throttled: 2, throttledAt: 1_006_000 })
  pass(6_000)
  expect(usage()).toMatchObject({ inTenSeconds: 1, throttled: 2 })
})
