import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'

const LARGEST_BODY = 64 * 1024

/** A request, read whole. */
export type HttpRequest = {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** An answer; a body that is not text is sent as JSON. */
export type HttpAnswer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** Reads a request whole; `undefined` when its address cannot be read or its body is over 64 K characters. */
export async function readRequest(
  incoming: IncomingMessage,
  origin: string,
): Promise<HttpRequest | undefined> {
  const { method = 'GET', url: target = '/', headers } = incoming
  let body = ''
  incoming.setEncoding('utf8')
  for await (const chunk of incoming) {
    body += String(chunk)
    if (body.length > LARGEST_BODY) return undefined
  }
  // The target goes behind the origin as it is, so that "//host/path" stays a path.
  const url = URL.canParse(origin + target) ? new URL(origin + target) : undefined
  return url && { method, url, headers, body }
}

/** The media type of a request's body, without its parameters, in small letters. */
export const contentTypeOf = ({ headers }: HttpRequest): string | undefined =>
  headers['content-type']?.split(';')[0]?.trim().toLowerCase()

/** Sends an answer; one without a body is sent empty. */
export function sendAnswer(outgoing: ServerResponse, answer: HttpAnswer): void {
  const { status, headers, body } = answer
  if (body === undefined) {
    outgoing.writeHead(status, headers).end()
    return
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  outgoing.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(text)
}
