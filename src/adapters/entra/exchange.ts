import { Fault } from '../../core/fault.ts'

/** The platform's `fetch`, or one that stands in for it. */
export type Fetch = typeof globalThis.fetch

/** An answer of any status. `body` is unread JSON, undefined when it is none; it may hold a code: never log it. */
export type Answer = {
  readonly status: number
  /** The service's own id of the request; empty when it gave none. */
  readonly requestId: string
  /** Seconds. */
  readonly retryAfter: number | undefined
  readonly body: unknown
}

const timeLimit = 10_000
const sizeLimit = 4 * 1024 * 1024

/**
 * One HTTP request within 10 seconds and 4 MiB, without redirects (they would carry the bearer along). Rejects with a
 * Fault when there is no answer: what was sent may have been done all the same.
 */
export async function exchange(fetch: Fetch, url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeLimit) })
    return {
      status: response.status,
      requestId: requestIdOf(response),
      retryAfter: retryAfterOf(response),
      body: parsed(await limitedText(response)),
    }
  } catch (error) {
    if (error instanceof Fault) throw error
    const timedOut = error instanceof Error && error.name === 'TimeoutError'
    throw new Fault('graph', 'unavailable', timedOut ? 'timeout' : 'network')
  }
}

/** What an answer that is no success means to the caller, by its status alone. */
export function faultOf(answer: Answer): Fault {
  const { status, retryAfter } = answer
  const code = String(status)
  if (status === 429) return new Fault('graph', 'throttled', code, retryAfter)
  if (status === 408 || status >= 500) return new Fault('graph', 'unavailable', code, retryAfter)
  if (status === 404) return new Fault('graph', 'missing', code)
  if (status === 409 || status === 412) return new Fault('graph', 'conflict', code)
  if (status >= 400) return new Fault('graph', 'refused', code)
  return new Fault('graph', 'nonsense', code)
}

/** Whether the request was done. */
export function succeeded(answer: Answer): boolean {
  return answer.status >= 200 && answer.status < 300
}

async function limitedText(response: Response): Promise<string> {
  if (response.body === null) return ''
  const decoder = new TextDecoder()
  let size = 0
  let text = ''
  for await (const chunk of response.body) {
    size += chunk.byteLength
    if (size > sizeLimit) throw new Fault('graph', 'nonsense', 'too-large')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function requestIdOf(response: Response): string {
  const id = response.headers.get('request-id') ?? ''
  return /^[\w-]{1,64}$/.test(id) ? id : ''
}

function retryAfterOf(response: Response): number | undefined {
  const seconds = response.headers.get('retry-after') ?? ''
  return /^\d{1,6}$/.test(seconds) ? Number(seconds) : undefined
}
