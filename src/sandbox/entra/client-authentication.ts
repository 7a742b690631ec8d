import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto'

import { decodeProtectedHeader, errors, jwtVerify } from 'jose'

import type { TokenForm } from './request.schema.ts'
import { TokenRefusal } from './token-refusal.ts'

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Decides whether a token request comes from the application; throws a TokenRefusal when it does not. */
export type AuthenticateClient = (form: TokenForm) => Promise<void>

type ClientOptions = {
  readonly clientId: string
  readonly clientSecret: string
  /** PEM; none: assertions are refused. */
  readonly clientCertificate: string | undefined
  /** What an assertion must name: the address of the token endpoint. */
  readonly audience: string
  /** The real clock, epoch milliseconds: assertions are made by it. */
  readonly now: () => number
}

/** Authentication by secret, or by an assertion signed with the key of the application's certificate. */
export function clientAuthentication(options: ClientOptions): AuthenticateClient {
  const { clientId, clientSecret, clientCertificate } = options
  const certificate = clientCertificate === undefined ? undefined : new X509Certificate(clientCertificate)

  return async (form) => {
    if (form.client_secret !== undefined) {
      if (!isSame(form.client_secret, clientSecret)) throw wrongSecret(clientId)
      return
    }
    const { client_assertion: assertion } = form
    if (assertion === undefined || form.client_assertion_type !== ASSERTION_TYPE) throw noCredential()
    if (certificate === undefined || !namesCertificate(assertion, certificate)) throw unknownCertificate()
    await checkAssertion(assertion, certificate, options)
  }
}

async function checkAssertion(
  assertion: string,
  certificate: X509Certificate,
  { clientId, audience, now }: ClientOptions,
): Promise<void> {
  try {
    await jwtVerify(assertion, certificate.publicKey, {
      algorithms: ['RS256', 'PS256'],
      audience,
      issuer: clientId,
      subject: clientId,
      requiredClaims: ['exp', 'jti'],
      clockTolerance: 300,
      currentDate: new Date(now()),
    })
  } catch (error) {
    throw whyAssertionFails(error)
  }
}

// Entra finds the certificate by its thumbprint in the header; without one the assertion is not checked at all.
function namesCertificate(assertion: string, certificate: X509Certificate): boolean {
  try {
    const header = decodeProtectedHeader(assertion)
    const thumbprint = (algorithm: string) =>
      createHash(algorithm).update(certificate.raw).digest('base64url')
    return header['x5t#S256'] === thumbprint('sha256') || header.x5t === thumbprint('sha1')
  } catch {
    return false
  }
}

function whyAssertionFails(error: unknown): TokenRefusal {
  if (error instanceof errors.JWTExpired) {
    return assertionRefused(700_024, 'Client assertion is not within its valid time range.')
  }
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
    return assertionRefused(700_023, 'Client assertion audience claim does not match Realm issuer.')
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    return assertionRefused(700_021, 'Client assertion application identifier does not match its claims.')
  }
  return assertionRefused(700_027, 'Client assertion failed signature validation.')
}

const assertionRefused = (number: number, message: string) =>
  new TokenRefusal('invalid_client', number, message)

const wrongSecret = (clientId: string) =>
  new TokenRefusal(
    'invalid_client',
    7_000_215,
    'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, ' +
      `not the client secret ID, for a secret added to app '${clientId}'.`,
  )

const noCredential = () =>
  new TokenRefusal(
    'invalid_client',
    7_000_218,
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  )

const unknownCertificate = () =>
  assertionRefused(
    700_027,
    'The certificate used to sign the client assertion is not registered on application.',
  )

const isSame = (given: string, wanted: string): boolean => timingSafeEqual(digest(given), digest(wanted))

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
