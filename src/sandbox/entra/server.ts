import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'

import type { StateStore } from '../state-store.ts'
import { createApp } from './app.ts'
import type { Registration } from './app.ts'
import { createControls } from './controls.ts'
import type { EntraControls } from './controls.ts'
import { createFaults } from './faults.ts'
import type { Faults, Misbehave } from './faults.ts'
import { readRequest, sendAnswer } from './http.ts'
import type { HttpAnswer, HttpRequest } from './http.ts'
import { randomPassCode } from './pass.ts'
import type { Session } from './state.schema.ts'
import { createSignInTokens, type SignInTokens } from './sign-in-tokens.ts'
import { openTenant, workingSessions } from './tenant.ts'

/** The least that Hallpass needs; it can read the pass policy, and not change it. */
const LEAST_PERMISSIONS = [
  'User.Read.All',
  'GroupMember.Read.All',
  'RoleManagement.Read.Directory',
  'UserAuthMethod-TAP.ReadWrite.All',
  'UserAuthenticationMethod.Read.All',
  'Policy.Read.AuthenticationMethod',
  'User.RevokeSessions.All',
  'User.EnableDisableAccount.All',
  'IdentityRiskyUser.ReadWrite.All',
  'IdentityRiskEvent.Read.All',
]

export type EntraOptions = {
  /** Default: a free one. */
  readonly port?: number
  readonly store: StateStore
  readonly tenantId: string
  readonly clientId: string
  readonly clientSecret: string
  /** PEM of the certificate whose key signs client assertions. */
  readonly clientCertificate?: string
  /** Application permissions of the client; default: the least that Hallpass needs. */
  readonly permissions?: readonly string[]
  /** Other applications of the tenant, with rights of their own. */
  readonly others?: readonly Registration[]
  /** The limit of the authentication paths per ten seconds; default 5, as Graph documents. */
  readonly authenticationRequestsPer10s?: number
  /** The real clock, epoch milliseconds. */
  readonly now?: () => number
  /** Makes a code, given the policy's length; tests plant codes that they know. */
  readonly randomCode?: (length: number) => string
}

export type EntraStandIn = {
  readonly authorityUrl: string
  readonly graphUrl: string
  readonly controls: EntraControls
  /** Calls the listener after every change of the directory; returns what ends that. */
  readonly changes: (listener: () => void) => () => void
  /** How many passes were made since the start. */
  readonly mints: () => number
  /** The sessions of a user (id or user principal name) that work: nobody revoked them, and the account is not blocked. */
  readonly sessionsOf: (user: string) => readonly Session[]
  /** Gives a user, signed in to another application, an access token for it. */
  readonly signInToken: SignInTokens
  readonly faults: Faults
  readonly close: () => Promise<void>
}

/** Starts a stateful stand-in for Entra's token endpoint and Graph v1.0, on 127.0.0.1 only. */
export async function startEntra(options: EntraOptions): Promise<EntraStandIn> {
  const { now = Date.now } = options
  const tenant = await openTenant(options.store, now)
  let mints = 0
  const { clientId, clientSecret, clientCertificate, permissions = LEAST_PERMISSIONS, others = [] } = options
  const app = await createApp({
    ...options,
    tenant,
    now,
    registrations: [{ clientId, clientSecret, clientCertificate, permissions }, ...others],
    authenticationRequestsPer10s: options.authenticationRequestsPer10s ?? 5,
    mint: { newCode: options.randomCode ?? randomPassCode, minted: () => void (mints += 1) },
  })
  const closing = new AbortController()
  const { faults, misbehave } = createFaults(closing.signal)
  const { server, origin } = await listen(options.port ?? 0)
  serve(server, origin, { answer: app(origin), misbehave })

  return {
    authorityUrl: `${origin}/login`,
    graphUrl: `${origin}/v1.0`,
    controls: createControls(tenant),
    changes: tenant.subscribe,
    mints: () => mints,
    sessionsOf: (user) => workingSessions(tenant.state(), user),
    signInToken: createSignInTokens({ tenant, tenantId: options.tenantId, authorityUrl: `${origin}/login` }),
    faults,
    close: async () => {
      closing.abort()
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      await tenant.settled()
    },
  }
}

async function listen(port: number): Promise<{ readonly server: Server; readonly origin: string }> {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The Entra stand-in has no port.')
  return { server, origin: `http://127.0.0.1:${address.port}` }
}

function serve(
  server: Server,
  origin: string,
  service: {
    readonly answer: (request: HttpRequest) => Promise<HttpAnswer>
    readonly misbehave: Misbehave
  },
): void {
  const { host } = new URL(origin)
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    // A page in a browser that was made to resolve its own name to this machine is turned away here.
    const request = incoming.headers.host === host ? await readRequest(incoming, origin) : undefined
    if (request === undefined) return sendAnswer(outgoing, { status: 400, headers: { connection: 'close' } })
    const given = await service.misbehave(request, () => service.answer(request))
    if (given === 'drop') outgoing.destroy()
    else sendAnswer(outgoing, given)
  }
  server.on('request', (incoming, outgoing) => {
    // What fails here is a caller that went away or a hang cut short by closing: nobody is left to answer.
    answer(incoming, outgoing).catch(() => outgoing.destroy())
  })
}
