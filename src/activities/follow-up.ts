import { followUpMessages } from '../core/card/follow-up-messages.ts'
import type { FollowUpFact } from '../core/follow-up/fact.ts'
import { evidence } from '../core/follow-up/rules.ts'
import type { FollowUpStart } from '../core/follow-up/start.ts'
import type { ChainedFact } from '../core/ledger/chained-fact.ts'
import type { Method } from '../core/ports.ts'
import type { Ports } from './ports.ts'
import { deliverAll } from './deliver.ts'
import { userOf } from './tell.ts'

/** Facts of a follow-up on their way to the ledger and to the people. Its chain is named after the exception that opened it. */
export type FollowUpNews = { readonly start: FollowUpStart; readonly facts: readonly ChainedFact[] }

/** Appends the facts and sends what they say. Rejects when something should be tried again. */
export async function tellFollowUp(ports: Ports, { start, facts }: FollowUpNews): Promise<void> {
  await ports.ledger.append(`follow-up/${start.exceptionId}`, facts)
  const messages = facts.flatMap(({ seq, fact }) => followUpMessages(start, fact, seq, ports.links))
  if (messages.length === 0) return
  const manager = messages.some(({ audience }) => audience === 'manager')
    ? await managerOf(ports, start)
    : undefined
  const to = {
    subject: start.subjectSlack.user,
    requester: start.requester.user,
    security: start.channels.security,
    manager,
  }
  const deliveries = messages.flatMap(({ key, audience, card }) => {
    const receiver = to[audience]
    return receiver === undefined ? [] : [{ key, to: receiver, card }]
  })
  await deliverAll(ports, start.exceptionId, deliveries)
}

async function managerOf(ports: Ports, start: FollowUpStart): Promise<string | undefined> {
  const manager = await ports.directory.managerOf(start.subject)
  return manager === undefined ? undefined : userOf(ports, manager.id)
}

/** One look for evidence: the strong methods registered since the code was shown. Rejects when the provider does not answer. */
export async function lookForEvidence(ports: Ports, start: FollowUpStart): Promise<readonly Method[]> {
  const now = await ports.reader.methods(start.subject)
  return evidence(start.methodsBefore, now, start.shownAt)
}

/**
 * Looks once more, and reminds only when there is still nothing. Writes the one fact that is true, at the place that the
 * workflow gave it. Answers the evidence that made a reminder needless.
 */
export async function remind(ports: Ports, order: Reminder): Promise<readonly Method[]> {
  const { start, place, number } = order
  const methods = await lookForEvidence(ports, start)
  const at = ports.now()
  const fact: FollowUpFact =
    methods.length > 0
      ? { type: 'evidence-seen', at, methods }
      : { type: 'reminded', at, number, of: start.remind.length }
  await tellFollowUp(ports, { start, facts: [{ ...place, fact }] })
  return methods
}

/** Reminder `number`, counted from 1. */
export type Reminder = {
  readonly start: FollowUpStart
  readonly place: Pick<ChainedFact, 'seq' | 'salt'>
  readonly number: number
}
