import { randomUUID } from 'node:crypto'
import { Fault } from '../../core/fault.ts'
import { exchange, faultOf, succeeded } from './exchange.ts'
import type { Answer, Fetch } from './exchange.ts'
import { readPage } from './graph.schema.ts'
import type { Page } from './graph.schema.ts'
import { createTokens } from './token.ts'
import type { AppCredential } from './token.ts'

export type GraphOptions = {
  readonly tenantId: string
  readonly clientId: string
  readonly credential: AppCredential
  /** The login host without the tenant. */
  readonly authorityUrl: string
  /** With the version: `https://graph.microsoft.com/v1.0`. */
  readonly graphUrl: string
  readonly fetch?: Fetch
  /** Epoch milliseconds. */
  readonly now?: () => number
  /** The id of what is being done, a UUID: calls that name none are sent with it. */
  readonly correlation?: () => string | undefined
}

/** `correlation` is sent as `client-request-id`; the directory's own records keep it. */
type Call = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  readonly correlation?: string
}

/** Makes a value of an answer's body; undefined when it has another shape. */
type Reader<Value> = (body: unknown) => Value | undefined

/**
 * Microsoft Graph for one app registration. Nothing is tried again here except once with a new token after a 401:
 * whoever calls knows what may be repeated. Methods reject with a Fault; bodies never get into errors.
 */
export type Graph = {
  /** The answer as it is, whatever its status. */
  send(call: Call): Promise<Answer>
  read<Value>(path: string, reader: Reader<Value>): Promise<Value>
  /** As `read`, but undefined when Graph answers 404. */
  find<Value>(path: string, reader: Reader<Value>): Promise<Value | undefined>
  /** All items of all pages. */
  list<Value>(path: string, reader: Reader<Value>): Promise<readonly Value[]>
}

const mostPages = 500

/** The client for Graph; its base address may be a national cloud's or a stand-in's. */
export function createGraph(options: GraphOptions): Graph {
  const { fetch = globalThis.fetch, now = Date.now } = options
  const base = withoutSlash(options.graphUrl)
  const tokens = createTokens({ ...options, authorityUrl: withoutSlash(options.authorityUrl), fetch, now })

  async function send(call: Call): Promise<Answer> {
    const correlation = call.correlation ?? options.correlation?.() ?? randomUUID()
    const named = { ...call, correlation }
    const token = await tokens.current()
    const answer = await attempt(fetch, base, named, token)
    if (answer.status !== 401) return answer
    tokens.forget(token)
    return attempt(fetch, base, named, await tokens.current())
  }

  async function list<Value>(path: string, reader: Reader<Value>): Promise<readonly Value[]> {
    const items: Value[] = []
    let next: string | undefined = path
    for (let pages = 0; next !== undefined; pages += 1) {
      if (pages === mostPages) throw new Fault('graph', 'nonsense', 'endless')
      const page: Page = valueOf(await send({ method: 'GET', path: next }), readPage)
      items.push(...page.items.map((item) => orNonsense(reader(item), 'item')))
      next = page.next === undefined ? undefined : pathOf(base, page.next)
    }
    return items
  }

  return {
    send,
    list,
    async read(path, reader) {
      return valueOf(await send({ method: 'GET', path }), reader)
    },
    async find(path, reader) {
      const answer = await send({ method: 'GET', path })
      return answer.status === 404 ? undefined : valueOf(answer, reader)
    },
  }
}

async function attempt(
  fetch: Fetch,
  base: string,
  call: Required<Pick<Call, 'correlation'>> & Call,
  token: string,
): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    'client-request-id': call.correlation,
    ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const body = call.body === undefined ? null : JSON.stringify(call.body)
  return exchange(fetch, `${base}${call.path}`, { method: call.method, headers, body })
}

function valueOf<Value>(answer: Answer, reader: Reader<Value>): Value {
  if (!succeeded(answer)) throw faultOf(answer)
  return orNonsense(reader(answer.body), String(answer.status))
}

function orNonsense<Value>(value: Value | undefined, status: string): Value {
  if (value === undefined) throw new Fault('graph', 'nonsense', status)
  return value
}

/** The bearer goes to Graph only, wherever a page says that the next one is. */
function pathOf(base: string, link: string): string {
  if (!link.startsWith(`${base}/`)) throw new Fault('graph', 'nonsense', 'foreign-link')
  return link.slice(base.length)
}

function withoutSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url
}
