import { clientAuthentication } from './client-authentication.ts'
import { createGraph } from './graph.ts'
import { answerGraph } from './graph-answer.ts'
import type { HttpAnswer, HttpRequest } from './http.ts'
import { groupRoutes } from './routes/group-routes.ts'
import { methodRoutes } from './routes/method-routes.ts'
import { passRoutes } from './routes/pass-routes.ts'
import type { Mint } from './routes/pass-routes.ts'
import { riskRoutes } from './routes/risk-routes.ts'
import { userRoutes } from './routes/user-routes.ts'
import type { Tenant } from './tenant.ts'
import { createThrottle } from './throttle.ts'
import { createTokenEndpoint } from './token-endpoint.ts'
import { createTokens } from './tokens.ts'

/** An application registered in the tenant. */
export type Registration = {
  readonly clientId: string
  readonly clientSecret: string
  /** PEM of the certificate whose key signs client assertions. */
  readonly clientCertificate: string | undefined
  /** Application permissions that an administrator consented to. */
  readonly permissions: readonly string[]
}

export type AppOptions = {
  readonly tenant: Tenant
  readonly tenantId: string
  readonly registrations: readonly [Registration, ...Registration[]]
  readonly authenticationRequestsPer10s: number
  /** The real clock, epoch milliseconds; the tenant has its own. */
  readonly now: () => number
  readonly mint: Mint
}

/** Both services behind one function, `/login/` and `/v1.0/`, for the address that they are served under. */
export type App = (origin: string) => (request: HttpRequest) => Promise<HttpAnswer>

/** Assembles the token endpoint and Graph around one tenant. */
export async function createApp(options: AppOptions): Promise<App> {
  const { tenant, tenantId, registrations, now } = options
  const made = await Promise.all(
    registrations.map(async (registration) => ({
      registration,
      own: await createTokens({ tenantId, ...registration, now: tenant.now }),
    })),
  )
  // One key signs the tokens of all, so that those of one verify those of the others.
  const tokens = await createTokens({ tenantId, ...registrations[0], now: tenant.now })
  const throttle = createThrottle(options.authenticationRequestsPer10s, now)
  const routes = [...userRoutes, ...groupRoutes, ...methodRoutes, ...passRoutes(options.mint), ...riskRoutes]

  return (origin) => {
    const audience = `${origin}/login/${tenantId}/oauth2/v2.0/token`
    const clients = made.map(({ registration, own }) => ({
      clientId: registration.clientId,
      tokens: own,
      authenticate: clientAuthentication({ ...registration, audience, now }),
    }))
    const answerToken = createTokenEndpoint({ tenantId, clients, now })
    const graph = createGraph({ tenant, tokens, throttle, graphUrl: `${origin}/v1.0`, routes })
    return async (request) => {
      const { pathname } = request.url
      if (pathname.startsWith('/login/')) return answerToken(request)
      if (pathname.startsWith('/v1.0/')) return answerGraph(request, graph, tenant.now)
      return { status: 404 }
    }
  }
}
