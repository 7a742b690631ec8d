import type { Case } from '../fraud/state.ts'
import { caseDisplayId } from '../ids.ts'
import { caseAlarmText } from '../text/en.ts'
import { spoken, type Markup } from '../text/markup.ts'
import { button, buttons, context, section } from './blocks.ts'
import type { Card } from './card.ts'
import { caseStanding } from './case.ts'

/** A message of its own: nobody has taken the case in time. Once somebody has, it says who. */
export function notTakenCard(state: Case): Card {
  const { report, taken, status } = state
  const { caseId } = report
  if (status === 'closed' || taken !== undefined) return settledCard(state)
  const take = button('takeCase', caseId, { about: caseDisplayId(caseId), style: 'primary' })
  return card(state, caseAlarmText.notTaken(state), [buttons(caseId, take)])
}

/** Another: the case is open after a long time. */
export function raisedCard(state: Case): Card {
  return state.status === 'closed' ? settledCard(state) : card(state, caseAlarmText.stillOpen(state))
}

function settledCard(state: Case): Card {
  return card(state, caseAlarmText.settled(state.report.subjectName, caseStanding(state)))
}

function card({ report }: Case, says: Markup, acts: Card['blocks'] = []): Card {
  const where = caseAlarmText.whereToLook(caseDisplayId(report.caseId))
  return { text: spoken(says), blocks: [section(says), ...acts, context(where)] }
}
