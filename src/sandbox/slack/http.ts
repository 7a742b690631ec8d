import type { IncomingMessage, ServerResponse } from 'node:http'

const LARGEST_BODY = 1024 * 1024

/** Thrown for a request that is refused before anybody looks at what it says. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const readText = (request: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= LARGEST_BODY) chunks.push(chunk)
    })
    request.on('error', reject)
    request.on('end', () => {
      if (size <= LARGEST_BODY) resolve(Buffer.concat(chunks).toString('utf8'))
      else reject(new BadRequest(413, 'request_too_large'))
    })
  })

const jsonObject = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const parsed: unknown = JSON.parse(text === '' ? '{}' : text)
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed }
  } catch {
    throw new BadRequest(400, 'invalid_json')
  }
  throw new BadRequest(400, 'json_not_object')
}

/** The fields of a request's body, which is a form or a JSON object of at most 1 MiB. Throws `BadRequest`. */
export const readFields = async (request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> => {
  const text = await readText(request)
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('application/json')) return jsonObject(text)
  if (text === '' || type.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(text))
  }
  throw new BadRequest(400, 'invalid_form_data')
}

/** Answers with JSON. */
export const sendJson = (
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, { ...headers, 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body))
}
