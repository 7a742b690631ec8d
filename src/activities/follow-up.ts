import {
  followUpMessages,
  lastApprovalCards,
  lastCards,
  type FollowUpMessage,
} from '../core/card/follow-up-messages.ts'
import type { KnownState } from '../core/exception/state.ts'
import { isAsking, isDone, type Done } from '../core/follow-up/fact.ts'
import { evidence } from '../core/follow-up/rules.ts'
import type { FollowUpStart } from '../core/follow-up/start.ts'
import type { ExceptionId } from '../core/ids.ts'
import { isPractice } from '../core/kinds.ts'
import type { ChainedFact } from '../core/ledger/chained-fact.ts'
import type { Method } from '../core/ports.ts'
import type { Ports } from './ports.ts'
import { append } from './append.ts'
import { deliverAll, type Delivery } from './deliver.ts'
import { managerOf } from './accounts.ts'

/**
 * Facts of a follow-up on their way to the ledger and to the people. Its chain is named after the exception that opened it;
 * `exceptions` are all that it is for.
 */
export type FollowUpNews = {
  readonly start: FollowUpStart
  readonly exceptions: readonly ExceptionId[]
  readonly facts: readonly ChainedFact[]
}

/** Starts the follow-up of a person, or joins it. Nobody lost anything for practice, whatever became of the code. */
export async function openFollowUp(ports: Ports, start: FollowUpStart): Promise<void> {
  if (!isPractice(start.kind)) await ports.followUps.open(start)
}

/**
 * Appends the facts and sends what they say. Before something is asked of somebody it looks once more, and asks nothing
 * where there is evidence; answers that evidence. Rejects when something should be tried again; `tries` counts from 1.
 */
export async function tellFollowUp(
  ports: Ports,
  { start, exceptions, facts }: FollowUpNews,
  tries: number,
): Promise<readonly Method[]> {
  await append(ports, `follow-up/${start.exceptionId}`, facts)
  const found = facts.some(({ fact }) => isAsking(fact)) ? await lookForEvidence(ports, start) : []
  const told = facts.filter(({ fact }) => !isAsking(fact) || found.length === 0)
  const messages = told.flatMap(({ seq, fact }) => followUpMessages(start, fact, seq, ports.links))
  const manager = messages.some(({ audience }) => audience === 'manager')
    ? await managerOf(ports, start.subject)
    : undefined
  await deliverAll(ports, start.exceptionId, addressed(messages, { ...start, manager }), tries)
  const done = facts.map(({ fact }) => fact).find(isDone)
  if (done !== undefined) await finishCards(ports, exceptions, done, tries)
  return found
}

/** Brings the cards of every exception that the follow-up was for up to date. */
async function finishCards(
  ports: Ports,
  exceptions: readonly ExceptionId[],
  done: Done,
  tries: number,
): Promise<void> {
  for (const exceptionId of exceptions) {
    const about = await ports.views.byId(exceptionId)
    if (about === undefined) continue
    const { state } = about
    const own = addressed(lastCards(state, done, ports.links), state.request)
    await deliverAll(ports, exceptionId, [...own, ...approversCards(state, done)], tries)
  }
}

/** Nobody who was asked to approve hears of it by a new message. */
function approversCards(state: KnownState, done: Done): readonly Delivery[] {
  if (!('plan' in state) || state.plan === undefined) return []
  const to = state.plan.channels.approvals
  return lastApprovalCards(state, done).map((card) => ({ ...card, to, superseded: true }))
}

type Addressees = Pick<FollowUpStart, 'subjectSlack' | 'requester'> & {
  readonly manager?: string | undefined
}

function addressed(
  messages: readonly FollowUpMessage[],
  { subjectSlack, requester, manager }: Addressees,
): readonly Delivery[] {
  const to = { subject: subjectSlack.user, requester: requester.user, manager }
  return messages.flatMap(({ audience, ...message }) => {
    const receiver = to[audience]
    return receiver === undefined ? [] : [{ ...message, to: receiver }]
  })
}

/** One look for evidence: the strong methods registered since the code was shown. Rejects when the provider does not answer. */
export async function lookForEvidence(ports: Ports, start: FollowUpStart): Promise<readonly Method[]> {
  const now = await ports.signIns.methods(start.subject)
  return evidence(start.methodsBefore, now, start.shownAt)
}
