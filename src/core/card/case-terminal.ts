import type { KnownBlock } from '@slack/types'
import { isBlocked, toGiveBack } from '../fraud/answer.ts'
import type { Case, ClosedCase } from '../fraud/state.ts'
import type { CaseStatementOf } from '../fraud/statement.ts'
import { caseDisplayId } from '../ids.ts'
import { caseFormText, caseListText, caseTerminalText, reasonLine } from '../text/en.ts'
import { plain, terminalLines } from '../text/markup.ts'
import { caseStory } from './case.ts'

type Wish = CaseStatementOf<'close'>

/** Longest title and longest reason that a terminal shows, in UTF-16 units. */
const longest = { title: 200, reason: 1000 } as const

/** A case for a terminal: who reported what, what was done, who was around it, how it stands. */
export function caseLines(state: Case): readonly string[] {
  const { caseId, subjectName } = state.report
  const title = plain(caseListText.statusTitle(caseDisplayId(caseId), subjectName), longest.title)
  return [title, '', ...caseStory(state).flatMap((block) => blockLines(block)), '']
}

/** What somebody signs who wants a case closed, and what that leads to. `who`: the name that people read. */
export function wishLines(state: Case, { body, at }: Wish, who: string): readonly string[] {
  const { subjectName } = state.report
  return [
    caseTerminalText.wish(who, body.outcome, at),
    plain(reasonLine(body.reason), longest.reason),
    caseTerminalText.madeSafe(body),
    ...terminalLines(caseFormText.closeSummary(subjectName, isBlocked(state))),
  ]
}

/** The same for the second person, with what it gives back and what to be sure of before agreeing. */
export function agreementLines(state: Case, wish: Wish, who: string): readonly string[] {
  const gives = caseFormText.agreeGives(state.report.subjectName, toGiveBack(state))
  return [
    ...wishLines(state, wish, who),
    ...(isBlocked(state) ? terminalLines(gives) : []),
    ...terminalLines(caseFormText.agreeOnlyIf(who)),
  ]
}

/** How a case ended that two people closed. */
export function closedLines({ report, outcome, unblocked }: ClosedCase): readonly string[] {
  const { closed, givenBack, toldLater } = caseTerminalText
  return [`${closed(caseDisplayId(report.caseId), outcome)} ${givenBack(unblocked)}`, toldLater]
}

/** What can be read in a block; buttons are nothing in a terminal. */
function blockLines(block: KnownBlock): readonly string[] {
  if (block.type === 'section' && block.text !== undefined) return textLines(block.text)
  if (block.type !== 'context') return []
  return block.elements.flatMap((element) => ('text' in element ? textLines(element) : []))
}

function textLines({ type, text }: { readonly type: string; readonly text: string }): readonly string[] {
  return type === 'mrkdwn' ? terminalLines({ mrkdwn: text }) : [text]
}
