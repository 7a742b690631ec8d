import { randomUUID } from 'node:crypto'

import type { AuthenticateClient } from './client-authentication.ts'
import { contentTypeOf } from './http.ts'
import type { HttpAnswer, HttpRequest } from './http.ts'
import { readTokenForm } from './request.schema.ts'
import { TokenRefusal } from './token-refusal.ts'
import { GRAPH_RESOURCE, TOKEN_LIFETIME } from './tokens.ts'
import type { Tokens } from './tokens.ts'

/** Answers the paths under `/login/`: tokens for client credentials, and the keys that they are signed with. */
export type TokenEndpoint = (request: HttpRequest) => Promise<HttpAnswer>

/** An application of the tenant. */
type Client = {
  readonly clientId: string
  readonly tokens: Tokens
  readonly authenticate: AuthenticateClient
}

type EndpointOptions = {
  readonly tenantId: string
  readonly clients: readonly Client[]
  /** Stamps the errors, epoch milliseconds. */
  readonly now: () => number
}

/** Makes the endpoint of one tenant with its applications. */
export function createTokenEndpoint(options: EndpointOptions): TokenEndpoint {
  const { tenantId, clients } = options
  return async (request) => {
    const [, , tenant = '', ...rest] = request.url.pathname.split('/')
    const path = `${request.method} ${rest.join('/')}`
    try {
      if (tenant.toLowerCase() !== tenantId.toLowerCase()) throw unknownTenant(tenant)
      if (path === 'POST oauth2/v2.0/token') return await issueToken(request, options)
      if (path === 'GET discovery/v2.0/keys') return { status: 200, body: { keys: clients[0]?.tokens.keys } }
      return { status: 404 }
    } catch (error) {
      if (error instanceof TokenRefusal) return answerOf(error, options.now())
      throw error
    }
  }
}

async function issueToken(request: HttpRequest, options: EndpointOptions): Promise<HttpAnswer> {
  if (contentTypeOf(request) !== 'application/x-www-form-urlencoded') throw missing('grant_type')
  const form = readTokenForm(Object.fromEntries(new URLSearchParams(request.body)))
  if (!form.ok) throw missing(form.property)
  const { client_id, grant_type, scope } = form.value
  if (grant_type !== 'client_credentials') throw wrongGrant(grant_type)
  const client = options.clients.find(({ clientId }) => clientId === client_id)
  if (client === undefined) throw unknownClient(client_id)
  const resource = resourceOf(scope, client_id)
  if (resource === undefined) throw wrongScope(scope)
  await client.authenticate(form.value)
  return {
    status: 200,
    headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
    body: {
      token_type: 'Bearer',
      expires_in: TOKEN_LIFETIME,
      ext_expires_in: TOKEN_LIFETIME,
      access_token: await client.tokens.issue(resource),
    },
  }
}

// An application may also ask for a token for itself; Graph must refuse such a one.
function resourceOf(scope: string, clientId: string): string | undefined {
  return [GRAPH_RESOURCE, clientId].find((resource) => scope === `${resource}/.default`)
}

function answerOf(refusal: TokenRefusal, now: number): HttpAnswer {
  const [trace, correlation] = [randomUUID(), randomUUID()]
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`
  const where = `Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`
  return {
    status: refusal.error === 'invalid_client' ? 401 : 400,
    body: {
      error: refusal.error,
      error_description: `AADSTS${refusal.number}: ${refusal.message} ${where}`,
      error_codes: [refusal.number],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
    },
  }
}

const missing = (parameter: string) =>
  new TokenRefusal(
    'invalid_request',
    900_144,
    `The request body must contain the following parameter: '${parameter}'.`,
  )

const unknownTenant = (tenant: string) =>
  new TokenRefusal(
    'invalid_request',
    90_002,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the ` +
      'correct cloud. Check with your subscription administrator, this may happen if there are no active ' +
      'subscriptions for the tenant.',
  )

const unknownClient = (clientId: string) =>
  new TokenRefusal(
    'unauthorized_client',
    700_016,
    `Application with identifier '${clientId}' was not found in the directory 'Contoso'.`,
  )

const wrongGrant = (grant: string) =>
  new TokenRefusal(
    'unsupported_grant_type',
    70_003,
    `The app requested an unsupported grant type '${grant}'.`,
  )

const wrongScope = (scope: string) =>
  new TokenRefusal(
    'invalid_scope',
    1_002_012,
    `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with ` +
      '/.default suffixed to the resource identifier (application ID URI).',
  )
