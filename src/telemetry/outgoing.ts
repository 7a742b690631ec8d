import type { Contacts } from './contacts.ts'
import type { Metrics } from './metrics.ts'
import type { Tracing } from './tracing.ts'

/** `entra-login`: where tokens for Graph come from. */
export type Service = 'graph' | 'entra-login' | 'slack'

/** What came of a request, by its HTTP status alone. `missing`: 404, which is often an answer. */
export type Outcome = 'ok' | 'missing' | 'throttled' | 'refused' | 'failed' | 'unreachable'

type Fetch = typeof globalThis.fetch

/** How much of a budget a process used lately. */
type Usage = {
  readonly inTenSeconds: number
  readonly throttled: number
  readonly throttledAt?: number
}

/** Requests to one side, as they are watched. */
export type Watched = { readonly fetch: Fetch; readonly usage: () => Usage }

type Parts = {
  readonly tracing: Tracing
  readonly metrics: Metrics
  readonly contacts: Contacts
  readonly now?: () => number
  readonly fetch?: Fetch
}

/** What limits of Graph are counted over; milliseconds. */
const window = 10_000

/** `fetch`, counted, timed and traced. Of the address only what names no person gets out, of headers and bodies nothing. */
export function watchRequests(
  to: 'graph' | 'slack',
  { tracing, metrics, contacts, now = Date.now, fetch: send = globalThis.fetch }: Parts,
): Watched {
  let lately: readonly number[] = []
  let throttled: Omit<Usage, 'inTenSeconds'> = { throttled: 0 }

  const note = (service: Service, outcome: Outcome, since: number): void => {
    metrics.called(service, outcome, (now() - since) / 1000)
    if (service === to && (outcome === 'ok' || outcome === 'missing')) contacts.seen(to)
    if (outcome === 'throttled') throttled = { throttled: throttled.throttled + 1, throttledAt: now() }
  }
  const fetch: Fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const service = serviceOf(to, url)
    const method = init?.method ?? 'GET'
    const since = now()
    lately = [...lately.filter((at) => at > since - window), since]
    const path = templateOf(url)
    const attributes = { 'http.request.method': method, 'server.address': url.hostname, 'url.template': path }
    const start = { name: `${service} ${method} ${path}`, kind: 'client', attributes } as const
    return tracing.span(start, async (span) => {
      try {
        const response = await send(input, init)
        span.set({ 'http.response.status_code': response.status })
        note(service, outcomeOf(response.status), since)
        return response
      } catch (error) {
        note(service, 'unreachable', since)
        throw error
      }
    })
  }
  return {
    fetch,
    usage: () => ({ inTenSeconds: lately.filter((at) => at > now() - window).length, ...throttled }),
  }
}

function serviceOf(to: 'graph' | 'slack', { pathname }: URL): Service {
  return to === 'graph' && pathname.endsWith('/oauth2/v2.0/token') ? 'entra-login' : to
}

function outcomeOf(status: number): Outcome {
  if (status === 404) return 'missing'
  if (status === 429) return 'throttled'
  if (status === 408 || status >= 500) return 'failed'
  return status >= 400 ? 'refused' : 'ok'
}

/** The path without whatever could be an id or a name: words of the two interfaces are letters, small ones first. */
function templateOf({ pathname }: URL): string {
  const isWord = /^(?:[a-z][A-Za-z.]*|v\d(?:\.\d)?|oauth2|)$/
  return pathname
    .split('/')
    .map((part) => (isWord.test(part) ? part : '{id}'))
    .join('/')
}
