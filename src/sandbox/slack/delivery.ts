import { createHmac } from 'node:crypto'
import { within } from '../deadline.ts'

const ACK_WITHIN = 3000

/** What came of an interaction: the app's answer, or the error that Slack names to the person. */
export type Delivery =
  { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly error: string }

/** Where the app listens, the secret shared with it, the clock, and a signal that ends all deliveries. */
export type Address = {
  readonly url: () => string
  readonly signingSecret: string
  readonly now: () => number
  readonly stopping: AbortSignal
}

const signed = ({ signingSecret, now }: Address, body: string): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(now() / 1000))
  const mac = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${mac}`,
  }
}

const bodyOf = async (response: Response): Promise<unknown> => {
  const text = await response.text()
  if (text.trim() === '') return undefined
  if (!(response.headers.get('content-type') ?? '').includes('json')) return { text }
  const parsed: unknown = JSON.parse(text)
  return parsed
}

const timedOut = (error: unknown): boolean => error instanceof DOMException && error.name === 'TimeoutError'

/** Posts a signed form to the app and awaits its acknowledgement for 3 s. Never retried, as Slack does not retry interactions. */
export const deliver = async (
  address: Address,
  form: Readonly<Record<string, string>>,
): Promise<Delivery> => {
  const body = new URLSearchParams(form).toString()
  const post = async (signal: AbortSignal): Promise<Delivery> => {
    const headers = signed(address, body)
    const response = await fetch(address.url(), { method: 'POST', headers, body, redirect: 'error', signal })
    if (response.ok) return { ok: true, body: await bodyOf(response) }
    await response.body?.cancel()
    return { ok: false, error: response.status < 500 ? 'http_client_error' : 'http_service_error' }
  }
  try {
    return await within(ACK_WITHIN, address.stopping, post)
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, error: 'invalid_command_response' }
    return { ok: false, error: timedOut(error) ? 'operation_timeout' : 'dispatch_failed' }
  }
}
