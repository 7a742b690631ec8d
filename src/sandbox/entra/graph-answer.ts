import { randomUUID } from 'node:crypto'

import type { Graph } from './graph.ts'
import { GraphRefusal } from './graph-refusal.ts'
import type { HttpAnswer, HttpRequest } from './http.ts'

/**
 * Wraps Graph as the wire wants it: every answer names its request, and a refusal has the shape of an OData error.
 * `now` is the directory's clock, epoch milliseconds.
 */
export async function answerGraph(
  request: HttpRequest,
  graph: Graph,
  now: () => number,
): Promise<HttpAnswer> {
  const requestId = randomUUID()
  const given = request.headers['client-request-id']
  const clientRequestId = typeof given === 'string' ? given : requestId
  const ids = { 'request-id': requestId, 'client-request-id': clientRequestId }
  try {
    const answer = await graph(request)
    return { ...answer, headers: { ...answer.headers, ...ids } }
  } catch (error) {
    const refusal = refusalOf(error)
    const innerError = { date: new Date(now()).toISOString().slice(0, 19), ...ids }
    return {
      status: refusal.status,
      headers: { ...refusal.headers, ...ids },
      body: { error: { code: refusal.code, message: refusal.message, innerError } },
    }
  }
}

function refusalOf(error: unknown): GraphRefusal {
  if (error instanceof GraphRefusal) return error
  const what = error instanceof Error ? error.message : 'unknown'
  return new GraphRefusal(500, 'InternalServerError', `The stand-in itself failed: ${what}`)
}
