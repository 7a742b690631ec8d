import { Fault } from '../../core/fault.ts'
import type { ProviderIssuer } from '../../core/ports.ts'
import type { ProviderProblem } from '../../core/refusal.ts'
import { no, yes } from '../../core/result.ts'
import { faultOf, succeeded } from './exchange.ts'
import type { Answer } from './exchange.ts'
import { readFailure } from './graph.schema.ts'
import type { Graph } from './graph.ts'
import { passPath, passesPath } from './pass-path.ts'
import { readMinted } from './pass.schema.ts'

type Order = Parameters<ProviderIssuer['mint']>[0]

/** Issues and ends Temporary Access Passes. */
export function createEntraIssuer(graph: Graph): ProviderIssuer {
  return {
    async mint(order) {
      return mint(graph, order)
    },
    async revoke(subject, credentialId) {
      const answer = await graph.send({ method: 'DELETE', path: passPath(subject, credentialId) })
      if (!succeeded(answer) && answer.status !== 404) throw faultOf(answer)
    },
  }
}

async function mint(graph: Graph, order: Order): ReturnType<ProviderIssuer['mint']> {
  const minutes = order.lifetime / 60
  if (!Number.isInteger(minutes) || minutes < 1) throw new TypeError('A pass lives for whole minutes.')
  const answer = await graph.send({
    method: 'POST',
    path: passesPath(order.subject),
    body: { lifetimeInMinutes: minutes, isUsableOnce: true },
    correlation: order.exceptionId,
  })
  if (!succeeded(answer)) return no(problemOf(answer))
  const minted = readMinted(answer.body)
  // A pass that lives longer or works more often than asked is not the one that was approved.
  if (minted === undefined || minted.lifetime > minutes) {
    throw new Fault('graph', 'nonsense', String(answer.status))
  }
  return yes({ lease: minted.lease, code: minted.code, requestId: answer.requestId })
}

/** Sentences of Graph that no status tells apart; compared by their lasting part, without regard to case. */
const sentences: readonly (readonly [string, ProviderProblem])[] = [
  ['invalid lifetimeinminutes', 'lifetime'],
  ['does not allow creating or updating this authentication method', 'policy-disabled'],
  ['cannot be added to an external guest', 'external-guest'],
]

/** A final no as a problem; throws a Fault where it is not known what happened, or trying again may help. */
function problemOf(answer: Answer): ProviderProblem {
  const fault = faultOf(answer)
  if (fault.passing || answer.status === 401) throw fault
  const said = readFailure(answer.body)?.toLowerCase() ?? ''
  const known = sentences.find(([sentence]) => said.includes(sentence))
  if (known !== undefined) return known[1]
  if (answer.status === 403) return 'forbidden'
  return answer.status === 404 ? 'not-found' : 'unexpected'
}
