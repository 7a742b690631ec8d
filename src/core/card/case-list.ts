import type { Case } from '../fraud/state.ts'
import { caseDisplayId, type CaseId } from '../ids.ts'
import { answerText, caseListText } from '../text/en.ts'
import { joined, say, spoken } from '../text/markup.ts'
import { context, header, section } from './blocks.ts'
import type { Card } from './card.ts'
import { caseBody, caseIdOf, caseStanding } from './case.ts'

/** How many a list shows. */
const mostListed = 20

/** Several cases, a paragraph each. */
export function casesCard(cases: readonly { readonly caseId: CaseId; readonly state: Case }[]): Card {
  const shown = cases.slice(0, mostListed)
  const more = cases.length - shown.length
  return {
    text: spoken(say`${caseListText.title}: ${cases.length}.`),
    blocks: [
      header(caseListText.title),
      ...shown.map(({ caseId, state }) => section(item(caseId, state))),
      ...(shown.length === 0 ? [section(answerText.nothingListed())] : []),
      ...(more > 0 ? [context(answerText.more(more))] : []),
    ],
  }
}

/** One case as it stands, without anything to press. */
export function caseStatusCard(state: Case): Card {
  const { caseId, subjectName } = state.report
  return {
    text: spoken(joined(' ', caseIdOf(state), caseStanding(state))),
    blocks: [header(caseListText.statusTitle(caseDisplayId(caseId), subjectName)), ...caseBody(state)],
  }
}

function item(caseId: CaseId, state: Case): ReturnType<typeof say> {
  const { subjectName, reportedAt } = state.report
  return caseListText.item(caseDisplayId(caseId), subjectName, reportedAt, caseStanding(state))
}
