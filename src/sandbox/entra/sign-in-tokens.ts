import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { findUser, type Tenant } from './tenant.ts'
import { signingKey, TOKEN_LIFETIME } from './tokens.ts'

/** What an application is asked for: the id of the application that answers, and one of its scopes. */
type Wanted = {
  readonly audience: string
  readonly scope: string
  /** Claims as Entra would not make them, for those who have to refuse them. */
  readonly claims?: Readonly<Record<string, unknown>>
}

/** An access token (version 2.0) for a user (id or user principal name). Rejects when the user can't sign in. */
export type SignInTokens = (user: string, wanted: Wanted) => Promise<string>

/** What gives them out for one tenant. */
export function createSignInTokens(options: {
  readonly tenant: Tenant
  readonly tenantId: string
  readonly authorityUrl: string
}): SignInTokens {
  const { tenant, tenantId } = options
  return async (key, { audience, scope, claims }) => {
    const user = findUser(tenant.state(), key)
    if (user === undefined || !user.profile.accountEnabled) throw new Error('This user can not sign in.')
    const { id: oid, displayName: name, userPrincipalName } = user.profile
    const now = Math.floor(tenant.now() / 1000)
    const who = { oid, name, preferred_username: userPrincipalName, sub: randomUUID(), tid: tenantId }
    const what = { iss: `${options.authorityUrl}/${tenantId}/v2.0`, aud: audience, scp: scope, ver: '2.0' }
    const times = { iat: now, nbf: now, exp: now + TOKEN_LIFETIME }
    const { privateKey, jwk } = await signingKey()
    return new SignJWT({ ...who, ...what, ...times, ...claims })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: jwk.kid })
      .sign(privateKey)
  }
}
