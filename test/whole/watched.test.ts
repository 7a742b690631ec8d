import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCollector, type Span } from '../setup/collector.ts'
import { deskOf, type Desk } from '../setup/desk.ts'
import { eventually, startInstallation, type Installation } from '../setup/installation.ts'
import { passBy } from '../setup/passing-by.ts'

const planted = 'PLANTED-8xQ2'
const secretKey = 'collector-secret-77'

let installation: Installation
let desk: Desk
let collector: Awaited<ReturnType<typeof startCollector>>
let graph: Awaited<ReturnType<typeof passBy>>
let shown: string
/** Two processes, so that nothing is handed on within one. */
let bot: Awaited<ReturnType<Installation['serve']>>
let worker: typeof bot

beforeAll(async () => {
  ;[installation, collector] = await Promise.all([startInstallation({ codes: [planted] }), startCollector()])
  graph = await passBy(installation.entra.graphUrl)
  const watched = {
    GRAPH_BASE_URL: graph.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: `x-collector-key=${secretKey}`,
  }
  worker = await installation.serve(watched, 'worker')
  bot = await installation.serve(watched, 'bot')
  desk = deskOf(installation)
  await desk.ask()
  await desk.approve()
  shown = await desk.openCode()
  await desk.type('U0SAM', '/tap list open')
})
afterAll(async () => {
  await Promise.all([installation.close(), collector.close(), graph.close()])
})

type Line = Readonly<Record<string, string>>

const logText = (): string => [bot, worker].map(({ logFile }) => readFileSync(logFile, 'utf8')).join('')
const log = (): readonly Line[] =>
  logText()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
const lineOf = (about: Line): Promise<Line> =>
  eventually(() => {
    const found = log().find((line) => Object.entries(about).every(([name, value]) => line[name] === value))
    if (found === undefined) throw new Error(`No line of the log says ${JSON.stringify(about)}.`)
    return found
  })
const scrape = async (of = bot): Promise<string> => (await fetch(`${of.statusUrl}/metrics`)).text()

describe('one id', () => {
  it('leads from what somebody did in Slack to what the worker did, and to the directory', async () => {
    const asked = await lineOf({ msg: 'handed to the engine', said: 'request' })
    const { correlation, about } = asked
    expect(correlation).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(
      await lineOf({ msg: 'answered in Slack', what: 'command', correlation: correlation ?? '' }),
    ).toMatchObject({
      kind: 'tap',
      by: expect.stringMatching(/^entra:/) as string,
    })
    // A press says of which kind it is only once it is looked up: nothing is called real, or a drill, on a guess.
    expect(await lineOf({ msg: 'answered in Slack', what: 'action' })).not.toHaveProperty('kind')
    expect(await lineOf({ msg: 'an activity was run', activity: 'admit' })).toMatchObject({
      correlation,
      about,
    })
    const policies = graph.passed.filter((one) => one.correlation === correlation)
    expect(policies.map(({ path }) => path.split('?')[0])).toContain(
      '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass',
    )
  })
  it('is the claim’s where a code is made; the directory keeps the exception’s', async () => {
    const claimed = await lineOf({ msg: 'handed to the engine', said: 'claim' })
    const granted = await lineOf({ msg: 'an activity was run', activity: 'grant' })
    expect(granted).toMatchObject({
      correlation: claimed['correlation'],
      about: claimed['about'],
      outcome: 'done',
    })
    const minted = graph.passed.filter(({ method }) => method === 'POST')
    expect(minted.map((one) => one.correlation)).toEqual([granted['about']])
    const others = graph.passed.filter((one) => one.correlation === granted['correlation'])
    expect(others.map(({ path }) => path).join()).toContain('/authentication/')
  })
})

const traceOf = async (said: string): Promise<readonly Span[]> => {
  const { correlation = '' } = await lineOf({ msg: 'handed to the engine', said })
  return collector.spans.filter(({ traceId }) => traceId === correlation.replaceAll('-', ''))
}
const named = (spans: readonly Span[], name: string): Span => {
  const found = spans.find((span) => span.name === name)
  if (found === undefined) throw new Error(`No span ${name} in ${spans.map((span) => span.name).join(', ')}.`)
  return found
}

describe('traces', () => {
  it('show a deed, its way to the engine, what the worker did and what it asked of Graph, as one', async () => {
    await eventually(async () => {
      const spans = await traceOf('claim')
      const deed = named(spans, 'slack action')
      const call = named(spans, 'engine update claim')
      const activity = named(spans, 'activity grant')
      const minted = named(spans, 'graph POST /users/{id}/authentication/temporaryAccessPassMethods')
      expect(deed.parentSpanId ?? '').toBe('')
      expect(call.parentSpanId).toBe(deed.spanId)
      expect(activity.parentSpanId).toBe(call.spanId)
      expect(minted.parentSpanId).toBe(activity.spanId)
    })
  })
  it('go with the collector’s own key, and hold no code, no name, no token and no address of a person', async () => {
    await eventually(async () => named(await traceOf('claim'), 'activity grant'))
    expect(new Set(collector.headers)).toEqual(new Set([secretKey]))
    expect(shown).toBe(planted)
    const { SLACK_BOT_TOKEN = '?', ENTRA_CLIENT_SECRET = '?' } = installation.environment
    for (const secret of [
      planted,
      SLACK_BOT_TOKEN,
      ENTRA_CLIENT_SECRET,
      'Dana',
      'contoso.example',
      'lost her phone',
    ])
      expect(collector.text()).not.toContain(secret)
    expect(logText()).not.toContain(planted)
  })
})

/** Names of metrics in a text, as they are asked for. */
const namesIn = (path: string): readonly string[] => [
  ...new Set(
    Array.from(
      readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8').matchAll(
        /\b(?:hallpass|temporal|process|nodejs)_[a-z0-9_]*[a-z0-9]\b(?!\.)/g,
      ),
      ([name]) => name,
    ),
  ),
]

describe('metrics', () => {
  it('say what people asked for and what is open', async () => {
    const text = await scrape()
    expect(text).toMatch(/^hallpass_exceptions_open\{kind="tap",status="active"\} 1$/m)
    expect(text).toMatch(/^hallpass_exceptions_overdue\{kind="tap",status="active"\} 0$/m)
    expect(text).toMatch(/^hallpass_time_to_approval_seconds_count\{kind="tap"\} 1$/m)
    for (const part of ['postgres', 'temporal', 'slack'])
      expect(text).toMatch(new RegExp(`^hallpass_${part}_up 1$`, 'm'))
    expect(text).toMatch(/^hallpass_info\{version="[\w.-]+",parts="bot",policy="[0-9a-f]{12}"\} 1$/m)
  })
  it('say how long Slack waited, and what was asked of Graph and Slack', async () => {
    const text = await scrape()
    expect(text).toMatch(/^hallpass_slack_acknowledgement_seconds_count\{what="command"\} 2$/m)
    expect(text).toMatch(/^hallpass_slack_acknowledgement_seconds_count\{what="view_submission"\} 1$/m)
    expect(text).toMatch(/^hallpass_outgoing_requests_total\{service="graph",outcome="ok"\} [1-9]\d*$/m)
    expect(text).toMatch(/^hallpass_outgoing_requests_total\{service="slack",outcome="ok"\} [1-9]\d*$/m)
    expect(text).toMatch(/^hallpass_last_contact_timestamp_seconds\{part="temporal"\} \d+/m)
  })
  it('hold Temporal’s own, and nothing of a person', async () => {
    const text = await scrape(worker)
    expect(text).toMatch(/^temporal_workflow_task_execution_latency_seconds_count\{.*\} [1-9]\d*$/m)
    expect(text).not.toMatch(/entra:|U0|TAP-|Dana|contoso/)
  })
  it.each(['docs/install/monitoring.md', 'deploy/prometheus/alerts.yaml'])(
    'every metric that %s names is in a scrape',
    async (path) => {
      const text = (await Promise.all([scrape(bot), scrape(worker)])).join('\n')
      const missing = namesIn(path).filter((name) => {
        const base = name.replace(/_(?:bucket|sum|count)$/, '')
        return ![name, base].some((one) => text.includes(`# TYPE ${one} `))
      })
      expect(namesIn(path).length).toBeGreaterThan(9)
      expect(missing).toEqual([])
    },
  )
})
