import { followUpMessages, lastCards, type FollowUpMessage } from '../core/card/follow-up-messages.ts'
import { isDone } from '../core/follow-up/fact.ts'
import { evidence } from '../core/follow-up/rules.ts'
import type { FollowUpStart } from '../core/follow-up/start.ts'
import type { ChainedFact } from '../core/ledger/chained-fact.ts'
import type { Method } from '../core/ports.ts'
import type { Ports } from './ports.ts'
import { append } from './append.ts'
import { deliverAll } from './deliver.ts'
import { managerOf } from './accounts.ts'

/** Facts of a follow-up on their way to the ledger and to the people. Its chain is named after the exception that opened it. */
export type FollowUpNews = { readonly start: FollowUpStart; readonly facts: readonly ChainedFact[] }

/**
 * Appends the facts and sends what they say. When a reminder is due it looks once more, and sends none where there is
 * evidence; answers that evidence. Rejects when something should be tried again.
 */
export async function tellFollowUp(
  ports: Ports,
  { start, facts }: FollowUpNews,
  tries: number,
): Promise<readonly Method[]> {
  await append(ports, `follow-up/${start.exceptionId}`, facts)
  const isDue = facts.some(({ fact }) => fact.type === 'reminder-due')
  const found = isDue ? await lookForEvidence(ports, start) : []
  const said = facts.filter(({ fact }) => fact.type !== 'reminder-due' || found.length === 0)
  const messages = [
    ...said.flatMap(({ seq, fact }) => followUpMessages(start, fact, seq, ports.links)),
    ...(await lastCardsOf(ports, start, facts)),
  ]
  const manager = messages.some(({ audience }) => audience === 'manager')
    ? await managerOf(ports, start.subject)
    : undefined
  const to = { subject: start.subjectSlack.user, requester: start.requester.user, manager }
  const deliveries = messages.flatMap(({ audience, ...message }) => {
    const receiver = to[audience]
    return receiver === undefined ? [] : [{ ...message, to: receiver }]
  })
  await deliverAll(ports, start.exceptionId, deliveries, tries)
  return found
}

async function lastCardsOf(
  ports: Ports,
  { exceptionId }: FollowUpStart,
  facts: FollowUpNews['facts'],
): Promise<readonly FollowUpMessage[]> {
  const done = facts.map(({ fact }) => fact).find(isDone)
  const about = done && (await ports.views.byId(exceptionId))
  return done === undefined || about === undefined ? [] : lastCards(about.state, done, ports.links)
}

/** One look for evidence: the strong methods registered since the code was shown. Rejects when the provider does not answer. */
export async function lookForEvidence(ports: Ports, start: FollowUpStart): Promise<readonly Method[]> {
  const now = await ports.signIns.methods(start.subject)
  return evidence(start.methodsBefore, now, start.shownAt)
}
