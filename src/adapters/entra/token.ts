import { createHash, createPrivateKey, randomUUID, X509Certificate } from 'node:crypto'
import { SignJWT } from 'jose'
import { Fault } from '../../core/fault.ts'
import { exchange, faultOf, succeeded } from './exchange.ts'
import type { Fetch } from './exchange.ts'
import { readToken } from './graph.schema.ts'

/** How the app registration proves itself: a client secret, or a certificate with its RSA key (PEM). */
export type AppCredential =
  { readonly secret: string } | { readonly certificate: string; readonly key: string }

export type TokenOptions = {
  readonly tenantId: string
  readonly clientId: string
  readonly credential: AppCredential
  /** The login host without the tenant. */
  readonly authorityUrl: string
  readonly fetch: Fetch
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Access tokens for Graph. */
export type Tokens = {
  /** The token to use now. Rejects with a Fault when Entra gives none. */
  current(): Promise<string>
  /** Says that Graph did not accept this token. */
  forget(token: string): void
}

type Proof = () => Promise<Readonly<Record<string, string>>>

const renewBefore = 5 * 60_000
const assertionLife = 5 * 60

/**
 * Tokens by the client credentials grant, kept until five minutes before they expire; callers at the same moment share
 * one request. Throws at once when the certificate and the key don't belong together.
 */
export function createTokens(options: TokenOptions): Tokens {
  const url = `${options.authorityUrl}/${encodeURIComponent(options.tenantId)}/oauth2/v2.0/token`
  const proof = proofOf(options, url)
  let kept: { readonly token: string; readonly until: number } | undefined
  let pending: Promise<string> | undefined

  async function fetchToken(): Promise<string> {
    const asked = options.now()
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: options.clientId,
      scope: 'https://graph.microsoft.com/.default',
      ...(await proof()),
    })
    const answer = await exchange(options.fetch, url, { method: 'POST', body })
    if (!succeeded(answer)) throw faultOf(answer)
    const granted = readToken(answer.body)
    if (granted === undefined) throw new Fault('graph', 'nonsense', 'token')
    kept = { token: granted.token, until: asked + granted.life * 1000 - renewBefore }
    return granted.token
  }

  return {
    current() {
      if (kept !== undefined && options.now() < kept.until) return Promise.resolve(kept.token)
      pending ??= fetchToken().finally(() => {
        pending = undefined
      })
      return pending
    },
    forget(token) {
      if (kept?.token === token) kept = undefined
    },
  }
}

function proofOf({ credential, clientId, now }: TokenOptions, audience: string): Proof {
  if ('secret' in credential) return () => Promise.resolve({ client_secret: credential.secret })
  const certificate = new X509Certificate(credential.certificate)
  const key = createPrivateKey(credential.key)
  if (key.asymmetricKeyType !== 'rsa' || !certificate.checkPrivateKey(key)) {
    throw new TypeError('The Entra certificate needs the RSA key that belongs to it.')
  }
  const thumbprint = createHash('sha256').update(certificate.raw).digest('base64url')
  return async () => {
    const seconds = Math.floor(now() / 1000)
    const assertion = new SignJWT()
      .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(audience)
      .setJti(randomUUID())
      .setIssuedAt(seconds)
      .setNotBefore(seconds)
      .setExpirationTime(seconds + assertionLife)
    return {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertion.sign(key),
    }
  }
}
