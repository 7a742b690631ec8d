import type { PersonId } from '../../core/ids.ts'
import type { Responder, ResponderProblem } from '../../core/ports.ts'
import { Fault } from '../../core/fault.ts'
import { no, yes } from '../../core/result.ts'
import type { Result } from '../../core/result.ts'
import { readEnabled } from './account.schema.ts'
import { faultOf, succeeded } from './exchange.ts'
import type { Answer } from './exchange.ts'
import { readFailure } from './graph.schema.ts'
import type { Graph } from './graph.ts'
import { objectId } from './object-id.ts'

type Outcome = Promise<Result<void, ResponderProblem>>

/** Blocks and unblocks accounts in Entra, and tells ID Protection of the danger. */
export function createResponder(graph: Graph): Responder {
  return {
    block: async (subject) => setEnabled(graph, subject, false),
    unblock: async (subject) => setEnabled(graph, subject, true),
    confirmRisk: async (subject) => tellRisk(graph, subject, 'confirmCompromised'),
    dismissRisk: async (subject) => tellRisk(graph, subject, 'dismiss'),
  }
}

async function setEnabled(graph: Graph, subject: PersonId, wanted: boolean): Outcome {
  const path = `/users/${objectId(subject)}`
  const answer = await graph.send({ method: 'PATCH', path, body: { accountEnabled: wanted } })
  const problem = succeeded(answer) ? undefined : problemOf(answer)
  if (problem === 'not-found') return no(problem)
  // The account itself has the last word. Where the app may not, a person may have done it already. And after a yes a
  // copy of the directory that lags, or another system that undoes the change, may still show the old state: nobody is
  // told of a block that can't be seen, so this is an error that passes, and the caller asks again.
  const enabled = await isEnabled(graph, subject)
  if (enabled === wanted) return yes(undefined)
  if (enabled === undefined) return no('not-found')
  if (problem !== undefined) return no(problem)
  throw new Fault('graph', 'unavailable', 'lag')
}

/**
 * A yes of the risk engine is not verified: it works what it is told off later, and nothing waits for it, since it is
 * the block that keeps somebody out.
 */
async function tellRisk(graph: Graph, subject: PersonId, action: 'confirmCompromised' | 'dismiss'): Outcome {
  const path = `/identityProtection/riskyUsers/${action}`
  const answer = await graph.send({ method: 'POST', path, body: { userIds: [objectId(subject)] } })
  if (succeeded(answer)) return yes(undefined)
  const problem = problemOf(answer)
  // Somebody who never was at risk need not be known there: then there is nothing to dismiss.
  const isSettled = problem === 'not-found' && action === 'dismiss'
  if (isSettled && (await isEnabled(graph, subject)) !== undefined) return yes(undefined)
  return no(problem)
}

/** Undefined when there is no such account. */
async function isEnabled(graph: Graph, subject: PersonId): Promise<boolean | undefined> {
  return graph.find(`/users/${objectId(subject)}?$select=accountEnabled`, readEnabled)
}

/** A final no as a problem; throws a Fault where it is not known what happened, or trying again may help. */
function problemOf(answer: Answer): ResponderProblem {
  if (answer.status === 404) return 'not-found'
  // 400: an account whose state belongs to another directory, as one that is synchronised from on-premises.
  if (answer.status !== 403 && answer.status !== 400) throw faultOf(answer)
  const said = readFailure(answer.body)?.toLowerCase() ?? ''
  return said.includes('not licensed') ? 'no-licence' : 'forbidden'
}
