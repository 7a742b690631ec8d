import { randomUUID } from 'node:crypto'

import { calculateJwkThumbprint, errors, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import type { CryptoKey, JWK } from 'jose'

import { GraphRefusal } from './graph-refusal.ts'
import { parseTokenRoles } from './request.schema.ts'

/** Whom a token for Microsoft Graph is for. */
export const GRAPH_RESOURCE = 'https://graph.microsoft.com'

/** How long an access token lives, in seconds; one less than an hour, as Entra answers. */
export const TOKEN_LIFETIME = 3599

// One key for the process, as the real service has for all its tenants; making one takes a good part of a second.
const keyPair = generateKeyPair('RS256')

/** The key that every token of this process is signed with, and its name. */
export async function signingKey(): Promise<{
  readonly publicKey: CryptoKey
  readonly privateKey: CryptoKey
  readonly jwk: JWK & { readonly kid: string }
}> {
  const { publicKey, privateKey } = await keyPair
  const jwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(jwk)
  return { publicKey, privateKey, jwk: { ...jwk, kid, use: 'sig', alg: 'RS256' } }
}

/** Issues access tokens and checks those that come back. A restart has another key: older tokens end with it. */
export type Tokens = {
  readonly keys: readonly JWK[]
  readonly issue: (resource: string) => Promise<string>
  /** The application permissions of a bearer; throws a 401 GraphRefusal when it is not one of ours for Graph. */
  readonly verify: (authorization: string | undefined) => Promise<readonly string[]>
}

/** What issues and verifies the tokens of one tenant's application; `now` is the directory's clock in epoch milliseconds. */
export async function createTokens(options: {
  readonly tenantId: string
  readonly clientId: string
  readonly permissions: readonly string[]
  readonly now: () => number
}): Promise<Tokens> {
  const { publicKey, privateKey, jwk } = await signingKey()
  const issuer = `https://sts.windows.net/${options.tenantId}/`
  const appObjectId = randomUUID()

  return {
    keys: [jwk],
    issue: (resource) => {
      const now = Math.floor(options.now() / 1000)
      const { clientId: appid, tenantId: tid, permissions: roles } = options
      const claims = { appid, tid, roles, oid: appObjectId, sub: appObjectId, idtyp: 'app', ver: '1.0' }
      const times = { iat: now, nbf: now, exp: now + TOKEN_LIFETIME }
      return new SignJWT({ ...claims, ...times, iss: issuer, aud: resource })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: jwk.kid })
        .sign(privateKey)
    },
    verify: async (authorization) => {
      const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]
      if (token === undefined) throw unauthorized('Access token is empty.')
      const check = { publicKey, issuer, now: options.now() }
      return readRoles(token, check).catch((error: unknown) => {
        throw unauthorized(sayWhatIsWrong(error))
      })
    },
  }
}

async function readRoles(
  token: string,
  check: { readonly publicKey: CryptoKey; readonly issuer: string; readonly now: number },
): Promise<readonly string[]> {
  const { payload } = await jwtVerify(token, check.publicKey, {
    algorithms: ['RS256'],
    audience: GRAPH_RESOURCE,
    issuer: check.issuer,
    currentDate: new Date(check.now),
    requiredClaims: ['exp'],
  })
  return parseTokenRoles(payload)
}

function sayWhatIsWrong(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'Lifetime validation failed, the token is expired.'
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
    return 'Access token validation failure. Invalid audience.'
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return 'Access token validation failure. Invalid signature.'
  }
  return 'CompactToken parsing failed with error code: 80049217'
}

const unauthorized = (message: string) => new GraphRefusal(401, 'InvalidAuthenticationToken', message)
