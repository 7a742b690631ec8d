/** What Graph answers instead of a result: an HTTP status, its error code and its message, and any extra headers. */
export class GraphRefusal extends Error {
  override readonly name = 'GraphRefusal'
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
  }
}

/** 400 for a request that Graph cannot read. */
export const badRequest = (message: string): GraphRefusal => new GraphRefusal(400, 'BadRequest', message)

/** 400 in the spelling of the authentication method service, which writes its code with a small letter. */
export const methodRefused = (message: string): GraphRefusal => new GraphRefusal(400, 'badRequest', message)

/** 404 for an object, or a link of an object, that the directory does not have. */
export const notInDirectory = (resource: string): GraphRefusal =>
  new GraphRefusal(
    404,
    'Request_ResourceNotFound',
    `Resource '${resource}' does not exist or one of its queried reference-property objects are not present.`,
  )

/** 404 of the authentication method service. */
export const methodNotFound = (): GraphRefusal =>
  new GraphRefusal(404, 'resourceNotFound', 'The requested resource was not found.')

/** 403 of the directory, for want of a permission or of a role over administrators. */
export const insufficientPrivileges = (): GraphRefusal =>
  new GraphRefusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')

/** 403 of ID Protection for want of a permission. */
export const riskRefused = (): GraphRefusal =>
  new GraphRefusal(
    403,
    'Forbidden',
    'You cannot perform the requested operation, required scopes are missing in the token.',
  )
