import { Fault } from '../core/fault.ts'
import { readSlackAnswer, type SlackAnswer } from './slack-answers.schema.ts'

/** An answer of Slack's Web API, with what its headers say. */
export type SlackCall = {
  readonly answer: SlackAnswer
  /** Unread. */
  readonly body: unknown
  /** What the token may do; undefined when Slack does not say. */
  readonly scopes: readonly string[] | undefined
}

/** Milliseconds. */
const patience = 10_000

/** Calls one method with this token. Slack's own client keeps the headers to itself, and they say most here. */
export async function callSlack(
  apiUrl: string,
  token: string,
  method: string,
  args: Readonly<Record<string, string>> = {},
): Promise<SlackCall> {
  const response = await fetch(new URL(method, apiUrl), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams(args),
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  }).catch(() => {
    throw new Fault('slack', 'unavailable', 'network')
  })
  const body: unknown = await response.json().catch(() => undefined)
  const answer = readSlackAnswer(body)
  if (answer === undefined) throw new Fault('slack', 'nonsense', String(response.status))
  const scopes = response.headers.get('x-oauth-scopes')
  return { answer, body, scopes: scopes === null ? undefined : scopes.split(/[\s,]+/).filter(Boolean) }
}
