import { GraphRefusal, badRequest, insufficientPrivileges, riskRefused } from './graph-refusal.ts'
import { contentTypeOf } from './http.ts'
import type { HttpAnswer, HttpRequest } from './http.ts'
import type { Tenant } from './tenant.ts'
import type { Throttle } from './throttle.ts'
import type { Tokens } from './tokens.ts'

const QUERY_OPTIONS = new Set(['$select', '$filter', '$top', '$skiptoken'])

/** One call of Graph, as a route sees it. `address` is the full address without the query. */
export type GraphCall = {
  readonly tenant: Tenant
  readonly graphUrl: string
  readonly address: string
  readonly query: URLSearchParams
  /** `{key}` of the path: the first object's id or user principal name. */
  readonly key: string
  /** `{item}` of the path: the id of an object below it. */
  readonly item: string
  readonly body: unknown
}

export type GraphAnswer = { readonly status: 200 | 201 | 204; readonly body?: object }

/** A path of Graph v1.0; any one of the application permissions is enough to call it. `A + B` asks for both. */
export type GraphRoute = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  /** Each service has its own words for a missing permission; authentication methods have their own limit. */
  readonly service: 'directory' | 'authentication' | 'policy' | 'risk'
  readonly permissions: readonly string[]
  readonly takesBody: boolean
  readonly handle: (call: GraphCall) => GraphAnswer | Promise<GraphAnswer>
}

/** Answers the paths under `/v1.0/`; refusals are thrown as GraphRefusal. */
export type Graph = (request: HttpRequest) => Promise<HttpAnswer>

/** Makes Graph out of its routes: who calls, is there such a path, may they, not too often, is the body readable. */
export function createGraph(options: {
  readonly tenant: Tenant
  readonly tokens: Tokens
  readonly throttle: Throttle
  readonly graphUrl: string
  readonly routes: readonly GraphRoute[]
}): Graph {
  const { tenant, tokens, throttle, graphUrl, routes } = options
  return async (request) => {
    const roles = await tokens.verify(request.headers.authorization)
    const path = pathOf(request.url)
    const { route, key, item } = findRoute(routes, request.method, path)
    if (!route.permissions.some((needed) => holdsAll(roles, needed))) throw missingPermission(route)
    if (route.service === 'authentication') throttle()
    refuseUnknownOptions(request.url.searchParams)
    const body = route.takesBody ? readJson(request) : undefined
    const address = request.url.origin + request.url.pathname
    return route.handle({ tenant, graphUrl, address, query: request.url.searchParams, key, item, body })
  }
}

// A misspelt option must not pass for one that was obeyed.
function refuseUnknownOptions(query: URLSearchParams): void {
  const unknown = [...query.keys()].find((name) => !QUERY_OPTIONS.has(name))
  if (unknown !== undefined) throw badRequest(`The query option '${unknown}' is not supported.`)
}

function pathOf(url: URL): readonly string[] {
  try {
    return url.pathname.split('/').slice(2).map(decodeURIComponent)
  } catch {
    throw badRequest('Malformed path.')
  }
}

function findRoute(routes: readonly GraphRoute[], method: string, path: readonly string[]) {
  const found = routes.flatMap((route) => {
    const names = matchPath(route.path.split('/').slice(1), path)
    return names === undefined ? [] : [{ route, ...names }]
  })
  if (found.length === 0) throw badRequest(`Resource not found for the segment '${path.at(-1)}'.`)
  const match = found.find(({ route }) => route.method === method)
  if (match !== undefined) return match
  throw new GraphRefusal(405, 'BadRequest', 'Specified HTTP method is not allowed for the request target.')
}

const isPlaceholder = (part: string) => part === '{key}' || part === '{item}'

function matchPath(pattern: readonly string[], path: readonly string[]) {
  if (pattern.length !== path.length) return undefined
  if (!pattern.every((part, index) => isPlaceholder(part) || part === path[index])) return undefined
  return { key: path[pattern.indexOf('{key}')] ?? '', item: path[pattern.indexOf('{item}')] ?? '' }
}

const holdsAll = (roles: readonly string[], needed: string) =>
  needed.split(' + ').every((permission) => roles.includes(permission))

function missingPermission(route: GraphRoute): GraphRefusal {
  if (route.service === 'directory') return insufficientPrivileges()
  if (route.service === 'risk') return riskRefused()
  return new GraphRefusal(403, 'accessDenied', 'Request Authorization failed')
}

function readJson(request: HttpRequest): unknown {
  if (request.body === '') throw badRequest('Empty Payload. JSON content expected.')
  if (contentTypeOf(request) !== 'application/json') {
    throw badRequest('Entity only allows writes with a JSON Content-Type header.')
  }
  try {
    return JSON.parse(request.body)
  } catch {
    throw badRequest(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    )
  }
}
