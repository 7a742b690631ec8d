import { approvalCard, approvalKeys } from '../core/card/approval.ts'
import type { Card } from '../core/card/card.ts'
import { noticesFor, type Notice } from '../core/card/notices.ts'
import { requesterCard } from '../core/card/requester.ts'
import { subjectMessages } from '../core/card/subject.ts'
import type { Fact } from '../core/exception/fact.ts'
import type { Plan } from '../core/exception/plan.ts'
import type { KnownState } from '../core/exception/state.ts'
import type { ChainedFact } from '../core/ledger/chained-fact.ts'
import { managerOf, userOf } from './accounts.ts'
import { append } from './append.ts'
import { deliverAll, type Delivery } from './deliver.ts'
import type { Ports } from './ports.ts'

/** Facts on their way to the ledger, and the state that the cards show afterwards. */
export type News = {
  readonly exceptionId: string
  readonly facts: readonly ChainedFact<Fact>[]
  readonly state: KnownState
}

/**
 * Appends the facts, then brings every card up to date. Rejects when something should be tried again; `tries` counts
 * from 1. What has ended never leads to a code again.
 */
export async function tell(ports: Ports, news: News, tries: number): Promise<void> {
  await append(ports, `exception/${news.exceptionId}`, news.facts)
  if (news.facts.some(({ fact }) => fact.type === 'ended')) await ports.stops.stop(news.exceptionId)
  await deliverAll(ports, news.exceptionId, await deliveriesFor(ports, news), tries)
}

async function deliveriesFor(ports: Ports, { facts, state }: News): Promise<readonly Delivery[]> {
  const { request } = state
  const notices = facts.flatMap(({ seq, fact }) => noticesFor(seq, fact, state))
  const to = (audience: Notice['audience'], users: readonly string[]): readonly Delivery[] =>
    notices
      .filter((notice) => notice.audience === audience)
      .flatMap(({ key, card }) => users.map((user) => ({ key: `${key}/${user}`, to: user, card })))

  const requester = request.requester.user
  const own = [
    { key: 'requester', to: requester, card: requesterCard(state) },
    ...to('requester', [requester]),
  ]
  if (!('plan' in state) || state.plan === undefined) return own
  const { plan, approvals } = state
  const approvers = await approversOf(ports, plan)
  const deciders = approvals.map(({ by }) => by.person)
  const manager = notices.some(({ audience }) => audience === 'manager')
    ? await managerOf(ports, request.subject, deciders)
    : undefined
  return [
    ...own,
    ...subjectMessages(state, ports.links).map((message) => ({ ...message, to: request.subjectSlack.user })),
    {
      key: approvalKeys.channel,
      to: plan.channels.approvals,
      card: approvalCard(state, { audience: 'channel' }),
    },
    ...approvers.map(({ person, via, user }) => {
      const card: Card = approvalCard(state, { audience: 'approver', via })
      return { key: approvalKeys.of(person), to: user, card }
    }),
    ...to(
      'approvers',
      approvers.map(({ user }) => user),
    ),
    ...to('security', [plan.channels.security]),
    ...to('manager', manager === undefined ? [] : [manager]),
  ]
}

type Approver = Plan['asked'][number] & { readonly user: string }

/** Those who were asked and have a Slack account; the others see the card in the channel, or not at all. */
async function approversOf(ports: Ports, { asked }: Plan): Promise<readonly Approver[]> {
  const accounts = await Promise.all(asked.map(({ person }) => userOf(ports, person)))
  return asked.flatMap((one, index) => {
    const user = accounts[index]
    return user === undefined ? [] : [{ ...one, user }]
  })
}
