import type { IncomingMessage, ServerResponse } from 'node:http'
import { failure } from './content.ts'
import { BadRequest, readFields, sendJson } from './http.ts'
import type { Parts } from './parts.ts'
import { applyReply } from './replies.ts'
import { scopeHeaders } from './scopes.ts'
import { createWebApi, type Doors } from './web-api.ts'

/** One exchange with the app, in either direction: a Web API method, `response_url`, or the kind of payload sent to the app. */
export type Call = { readonly method: string; readonly args: unknown; readonly answer: unknown }

type Reply = {
  readonly status: number
  readonly body: { readonly ok: boolean }
  readonly headers?: Readonly<Record<string, string>>
}

type Fields = Readonly<Record<string, unknown>>

const bearer = (request: IncomingMessage): string | undefined =>
  /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]

const ofToken = (given: unknown): string | undefined => (typeof given === 'string' ? given : undefined)

const respond = async (parts: Parts, path: string, fields: Fields): Promise<Reply> => {
  const use = parts.responseUrls.use(path)
  if (!use.ok) return { status: 404, body: failure(use.error) }
  const body = await applyReply(parts, use.target, fields)
  return { status: body.ok ? 200 : 400, body }
}

const problem = (error: unknown): Reply =>
  error instanceof BadRequest
    ? { status: error.status, body: failure(error.message) }
    : { status: 500, body: failure('internal_error') }

/**
 * Answers what the app asks of Slack: `POST /api/<method>` and the response URLs. `told` hears of every exchange; `now` is
 * Slack's clock.
 */
export const createRoutes = (
  parts: Parts,
  doors: Doors,
  told: (call: Call) => void,
  now: () => number,
): ((request: IncomingMessage, response: ServerResponse) => Promise<void>) => {
  const webApi = createWebApi(parts, doors)
  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const { pathname } = new URL(request.url ?? '/', 'http://slack.invalid')
    if (request.method !== 'POST') return { status: 404, body: failure('unknown_method') }
    // Bolt adds the team to every call; for the token of one workspace Slack ignores it.
    const { token, team_id: _, ...args } = await readFields(request)
    if (!pathname.startsWith('/api/')) {
      const reply = await respond(parts, pathname, args)
      told({ method: 'response_url', args, answer: reply.body })
      return reply
    }
    const method = pathname.slice('/api/'.length)
    const given = bearer(request) ?? ofToken(token)
    const body = await webApi(method, args, given)
    told({ method, args, answer: body })
    return { status: 200, body, headers: scopeHeaders(parts.roster.seed, method, given === doors.botToken) }
  }
  return async (request, response) => {
    const { status, body, headers } = await answer(request).catch(problem)
    sendJson(response, status, body, { ...headers, date: new Date(now()).toUTCString() })
  }
}
