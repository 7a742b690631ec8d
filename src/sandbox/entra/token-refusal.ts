type OAuthError =
  'invalid_request' | 'invalid_client' | 'invalid_scope' | 'unauthorized_client' | 'unsupported_grant_type'

/** What the token endpoint answers instead of a token: OAuth's error and Entra's AADSTS number and sentence. */
export class TokenRefusal extends Error {
  override readonly name = 'TokenRefusal'
  readonly error: OAuthError
  readonly number: number

  constructor(error: OAuthError, number: number, message: string) {
    super(message)
    this.error = error
    this.number = number
  }
}
