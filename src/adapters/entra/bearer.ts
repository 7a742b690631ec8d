import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import { Fault } from '../../core/fault.ts'
import type { PersonId } from '../../core/ids.ts'
import { no, yes, type Result } from '../../core/result.ts'
import { readClaims } from './bearer.schema.ts'

export type BearerOptions = {
  readonly tenantId: string
  /** The login host without the tenant. */
  readonly authorityUrl: string
  /** Whom tokens have to be for: the id of the application that they ask for. */
  readonly audience: string
  /** What tokens have to allow. An ID token allows nothing. */
  readonly scope: string
  /** Epoch milliseconds. */
  readonly now?: () => number
}

/** Why somebody is nobody known, in closed words. */
type Problem =
  'no token' | 'expired' | 'too early' | 'audience' | 'issuer' | 'signature' | 'scope' | 'unreadable'

/** The person whom the tenant gave the token of an `Authorization` header to, or why there is none. */
export type FindBearer = (authorization: string | undefined) => Promise<Result<PersonId, Problem>>

/** So far the clocks of the tenant and of this machine may be apart; seconds. */
const clocksApart = 60

/**
 * Verifies access tokens (version 2.0) of people who signed in to the tenant, by the tenant's own keys. Rejects with a
 * Fault when those can't be had.
 */
export function createBearers(options: BearerOptions): FindBearer {
  const { now = Date.now } = options
  const tenant = `${options.authorityUrl}/${options.tenantId}`
  const keys = createRemoteJWKSet(new URL(`${tenant}/discovery/v2.0/keys`))
  return async (authorization) => {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) return no('no token')
    const found = await verified(() =>
      jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer: `${tenant}/v2.0`,
        audience: options.audience,
        requiredClaims: ['exp', 'nbf'],
        clockTolerance: clocksApart,
        currentDate: new Date(now()),
      }),
    )
    return found.ok ? personOf(found.value, options.scope) : found
  }
}

function personOf(payload: unknown, scope: string): Result<PersonId, Problem> {
  const claims = readClaims(payload)
  return claims?.scopes.includes(scope) ? yes(claims.person) : no('scope')
}

async function verified(
  verify: () => Promise<{ readonly payload: unknown }>,
): Promise<Result<unknown, Problem>> {
  try {
    return yes((await verify()).payload)
  } catch (error) {
    const problem = problemOf(error)
    if (problem === undefined) throw new Fault('graph', 'unavailable', 'signing-keys')
    return no(problem)
  }
}

/** What is wrong with the token; undefined when it was not the token. */
function problemOf(error: unknown): Problem | undefined {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed) return claims[error.claim] ?? 'unreadable'
  return error instanceof errors.JOSEError ? codes[error.code] : undefined
}

const claims: Readonly<Record<string, Problem>> = { aud: 'audience', iss: 'issuer', nbf: 'too early' }

const codes: Readonly<Record<string, Problem>> = {
  [errors.JWSSignatureVerificationFailed.code]: 'signature',
  [errors.JWKSNoMatchingKey.code]: 'signature',
  // It names no key: whoever asks without one must not look like a tenant that is away.
  [errors.JWKSMultipleMatchingKeys.code]: 'signature',
  [errors.JOSEAlgNotAllowed.code]: 'signature',
  [errors.JOSENotSupported.code]: 'unreadable',
  [errors.JWSInvalid.code]: 'unreadable',
  [errors.JWTInvalid.code]: 'unreadable',
}
