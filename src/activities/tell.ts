import { approvalCard } from '../core/card/approval.ts'
import type { Card } from '../core/card/card.ts'
import { noticesFor } from '../core/card/notices.ts'
import { requesterCard } from '../core/card/requester.ts'
import { subjectCard } from '../core/card/subject.ts'
import type { Fact } from '../core/exception/fact.ts'
import type { State } from '../core/exception/state.ts'
import { Fault } from '../core/fault.ts'
import type { PersonId } from '../core/ids.ts'
import type { ChainedFact } from '../core/ledger/chained-fact.ts'
import type { Ports } from './ports.ts'

/** Facts on their way to the ledger, and the state that the cards show afterwards. */
export type News = {
  readonly exceptionId: string
  readonly facts: readonly ChainedFact<Fact>[]
  readonly state: Exclude<State, { readonly status: 'new' }>
}

/** A card and where it belongs. The key finds it again: the same key is updated, never posted twice. */
type Delivery = { readonly key: string; readonly to: string; readonly card: Card }

/** Appends the facts, then brings every card up to date. Rejects when something should be tried again. */
export async function tell(ports: Ports, news: News): Promise<void> {
  await ports.ledger.append(`exception/${news.exceptionId}`, news.facts)
  const deliveries = await deliveriesFor(ports, news)
  await deliverAll(ports, news.exceptionId, deliveries)
}

async function deliveriesFor(ports: Ports, { facts, state }: News): Promise<readonly Delivery[]> {
  const { request } = state
  const cards: Delivery[] = [{ key: 'requester', to: request.requester.user, card: requesterCard(state) }]
  const plan = 'plan' in state ? state.plan : undefined
  if (plan === undefined) return cards

  cards.push(
    { key: 'subject', to: request.subjectSlack.user, card: subjectCard(state, ports.links) },
    { key: 'approvals', to: plan.channels.approvals, card: approvalCard(state, { audience: 'channel' }) },
  )
  const notices = facts.flatMap(({ seq, fact }) => noticesFor(seq, fact, state))
  for (const { person, via } of plan.asked) {
    const user = await userOf(ports, person)
    if (user === undefined) continue
    cards.push({
      key: `approver/${person}`,
      to: user,
      card: approvalCard(state, { audience: 'approver', via }),
    })
    for (const { key, audience, card } of notices) {
      if (audience === 'approvers') cards.push({ key: `${key}/${person}`, to: user, card })
    }
  }
  for (const { key, audience, card } of notices) {
    if (audience === 'security') cards.push({ key, to: plan.channels.security, card })
  }
  return cards
}

/** The Slack account of a person, when there is one that may be written to. */
export async function userOf(ports: Ports, id: PersonId): Promise<string | undefined> {
  const person = await ports.directory.personById(id)
  return person === undefined ? undefined : (await ports.people.accountOf(person))?.user
}

/** Delivers each card; one that can't be delivered until somebody mends something does not hold up the others. */
export async function deliverAll(
  ports: Ports,
  exceptionId: string,
  deliveries: readonly Delivery[],
): Promise<void> {
  const results = await Promise.allSettled(
    deliveries.map((delivery) => deliver(ports, exceptionId, delivery)),
  )
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  for (const failure of failures) {
    if (!(failure instanceof Fault) || failure.passing) throw failure
    ports.warn('card not delivered', { exceptionId, because: failure.message })
  }
}

async function deliver(ports: Ports, exceptionId: string, { key, to, card }: Delivery): Promise<void> {
  const place = await ports.cards.placeOf(exceptionId, key)
  if (place !== undefined) return ports.slack.update(place, card.text, card.blocks)
  await ports.cards.remember(exceptionId, key, await ports.slack.post(to, card.text, card.blocks))
}
