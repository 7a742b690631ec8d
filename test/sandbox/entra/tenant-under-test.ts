import { onTestFinished } from 'vitest'

import { startEntra } from '../../../src/sandbox/entra/server.ts'
import type { EntraOptions, EntraStandIn } from '../../../src/sandbox/entra/server.ts'
import { memoryStore } from '../../../src/sandbox/state-store.ts'

export const TENANT = '7f10ac4f-1e84-4fad-87ca-1e6e756da504'
export const CLIENT = '7d108ee0-7cbe-494f-9a9e-008bf14ded88'
export const SECRET = 'a-secret-of-the-tests'
export const START = Date.parse('2026-03-02T09:00:00.250Z')

export const DANA = 'dana.cruz@contoso.example'
export const DANA_ID = 'defbe23d-db50-49da-8680-a29b3c2d553b'

export const passesOf = (user: string) => `/users/${user}/authentication/temporaryAccessPassMethods`
export const POLICY =
  '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass'
export const POLICY_TYPE = '#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration'

export const EVERY_PERMISSION = [
  'User.Read.All',
  'User.EnableDisableAccount.All',
  'User.RevokeSessions.All',
  'GroupMember.Read.All',
  'RoleManagement.Read.Directory',
  'UserAuthMethod-TAP.ReadWrite.All',
  'UserAuthenticationMethod.Read.All',
  'Policy.ReadWrite.AuthenticationMethod',
  'IdentityRiskyUser.ReadWrite.All',
  'IdentityRiskEvent.Read.All',
]

/** The properties that the tests look at by name; the others are compared as wholes. */
type Entity = {
  readonly id: string
  readonly displayName: string
  readonly userId: string
  readonly temporaryAccessPass: string | null
  readonly methodUsabilityReason: string
  readonly isUsable: boolean
  readonly isUsableOnce: boolean
  readonly lifetimeInMinutes: number
}

type Body = Entity & {
  readonly value: readonly Entity[]
  readonly '@odata.nextLink': string
  readonly access_token: string
  readonly error: { readonly code: string; readonly message: string }
}

export type Reply = { readonly status: number; readonly headers: Headers; readonly body: Body }

/** A stand-in that is closed after the test, with a clock that the test sets and a client that has a token. */
export async function openTenantUnderTest(options: Partial<EntraOptions> = {}) {
  const clock = { now: START }
  const entra = await startEntra({
    store: memoryStore(),
    tenantId: TENANT,
    clientId: CLIENT,
    clientSecret: SECRET,
    permissions: EVERY_PERMISSION,
    authenticationRequestsPer10s: 1000,
    now: () => clock.now,
    ...options,
  })
  onTestFinished(() => entra.close())
  const bearer = async () => `Bearer ${(await requestToken(entra)).body.access_token}`
  // A new token each time: letting time pass in the directory ages the tokens, too.
  const graph = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    send(method, path.startsWith('http') ? path : entra.graphUrl + path, {
      headers: { authorization: await bearer(), ...headers },
      ...(body === undefined ? {} : { json: body }),
    })
  return { entra, clock, graph, bearer }
}

export const requestToken = (entra: EntraStandIn, form: Record<string, string> = {}, tenant = TENANT) =>
  send('POST', `${entra.authorityUrl}/${tenant}/oauth2/v2.0/token`, {
    form: {
      grant_type: 'client_credentials',
      client_id: CLIENT,
      scope: 'https://graph.microsoft.com/.default',
      client_secret: SECRET,
      ...form,
    },
  })

export async function send(
  method: string,
  url: string,
  content: {
    readonly headers?: Record<string, string>
    readonly json?: unknown
    readonly form?: Record<string, string>
  } = {},
): Promise<Reply> {
  const { json, form } = content
  const response = await fetch(url, {
    method,
    headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...content.headers },
    body: form ? new URLSearchParams(form) : json === undefined ? null : JSON.stringify(json),
  })
  const text = await response.text()
  const body = (text === '' ? undefined : JSON.parse(text)) as Body
  return { status: response.status, headers: response.headers, body }
}

/** What a refusal says, in one comparable piece. */
export const refusalOf = ({ status, body }: Reply) => [status, body.error.code, body.error.message]
