import { notTakenCard, raisedCard } from '../../core/card/case-alarm.ts'
import { caseCard } from '../../core/card/case.ts'
import { reporterCard, subjectCard, threadLine } from '../../core/card/case-messages.ts'
import type { CaseFact } from '../../core/fraud/fact.ts'
import type { Case } from '../../core/fraud/state.ts'
import type { ChainedFact } from '../../core/ledger/chained-fact.ts'
import { append } from '../append.ts'
import { deliverAll, type Delivery } from '../deliver.ts'
import type { Ports } from '../ports.ts'

/** Facts of a case on their way to the ledger, and the state that the cards show afterwards. */
export type CaseNews = {
  readonly state: Case
  readonly facts: readonly ChainedFact<CaseFact>[]
}

/**
 * Appends the facts, then brings every card up to date and tells the story on in the case's thread. Rejects when something
 * should be tried again; `tries` counts from 1.
 */
export async function tellCase(ports: Ports, { state, facts }: CaseNews, tries: number): Promise<void> {
  const { caseId } = state.report
  await append(ports, `case/${caseId}`, facts)
  await deliverAll(ports, caseId, [...deliveriesFor(state), ...alarms(state)], tries)
  // One after the other: a thread is read from top to bottom.
  for (const line of threadOf(state, facts)) await deliverAll(ports, caseId, [line], tries)
}

function deliveriesFor(state: Case): readonly Delivery[] {
  const { plan, report } = state
  // What nobody typed into Slack may be of somebody who has no account there.
  const reporters = state.reporters.filter(({ by }) => by.user !== '')
  const subject = subjectCard(state)
  return [
    { key: 'case', to: plan.channel, card: caseCard(state) },
    ...reporters.map((reporter) => ({
      key: `reporter/${reporter.by.person}`,
      to: reporter.by.user,
      card: reporterCard(state, reporter),
    })),
    ...(subject !== undefined && report.subjectSlack !== undefined
      ? [{ key: 'subject', to: report.subjectSlack.user, card: subject }]
      : []),
  ]
}

/** Messages of their own, so that somebody looks: from the second time on also where the policy escalates to. */
function alarms(state: Case): readonly Delivery[] {
  const { plan, timesTold, timesRaised } = state
  const { channel, escalateTo } = plan
  const both = escalateTo === undefined ? [channel] : [channel, escalateTo]
  const notTaken = timesTold === 0 ? [] : timesTold === 1 ? [channel] : both
  const raised = timesRaised === 0 ? [] : both
  return [
    ...notTaken.map((to) => ({ key: `not-taken/${timesTold}/${to}`, to, card: notTakenCard(state) })),
    ...raised.map((to) => ({ key: `raised/${timesRaised}/${to}`, to, card: raisedCard(state) })),
  ]
}

/** Under the card, line by line: what happened, for somebody who was not there. */
function threadOf(state: Case, facts: CaseNews['facts']): readonly Delivery[] {
  // What was done before anybody knew who reported comes after the report in the chain, with the times that it had.
  const inOrder = facts.toSorted((one, other) => one.fact.at - other.fact.at)
  return inOrder.flatMap(({ seq, fact }) => {
    const card = threadLine(fact, state)
    return card === undefined ? [] : [{ key: `thread/${seq}`, to: state.plan.channel, card, under: 'case' }]
  })
}
