import type { KnownBlock } from '@slack/types'
import type { Case } from '../fraud/state.ts'
import { caseDisplayId } from '../ids.ts'
import { buttonLabels, caseCardText, reasonLine } from '../text/en.ts'
import { joined, say, spoken, type Markup } from '../text/markup.ts'
import { button, buttons, context, header, plainSection, section } from './blocks.ts'
import type { Card } from './card.ts'
import { around, notes, reporters, stepsTaken } from './case-story.ts'

/** The card in security's channel, kept up to date: what was said, what was done, what waits, and who acts. */
export function caseCard(state: Case): Card {
  const { subjectName } = state.report
  return {
    text: spoken(caseCardText.push(subjectName, caseStanding(state))),
    blocks: [
      header(caseCardText.title(subjectName)),
      ...caseBody(state),
      ...caseButtons(state),
      context(caseIdOf(state)),
    ],
  }
}

/** Everything that a card says of a case between its title and its buttons. */
export function caseBody(state: Case): readonly KnownBlock[] {
  return [...caseStory(state), ...(state.status === 'open' ? [section(next(state))] : [])]
}

/** The same without what to press next. */
export function caseStory(state: Case): readonly KnownBlock[] {
  return [
    ...(state.status === 'closed' ? [section(caseStanding(state))] : []),
    ...reporters(state),
    ...stepsTaken(state),
    ...(state.status === 'open' ? [section(caseStanding(state))] : []),
    ...around(state),
    ...notes(state),
    ...closing(state),
  ]
}

/** Where a case stands: who looks after it, or how it ended. */
export function caseStanding(state: Case): Markup {
  const { report, taken, timesTold, closing: asked } = state
  if (state.status === 'closed')
    return joined(' ', caseCardText.over(state.outcome, state.closedAt, asked?.name), givenBack(state))
  return taken === undefined ? caseCardText.notTaken(timesTold) : caseCardText.taken(taken, report.reportedAt)
}

/** The id that people read and type, which every card ends with. */
export function caseIdOf({ report }: Case): Markup {
  return say`${caseDisplayId(report.caseId)}`
}

function givenBack({ unblocked, steps }: Case): Markup {
  const { done, nothing, byHand, impossible } = caseCardText.givenBack
  if (unblocked === undefined) return steps.block?.result?.is === 'impossible' ? byHand() : nothing()
  return unblocked.is === 'done' ? done() : impossible(unblocked.because)
}

function closing({ status, closing: asked, agreed, report }: Case): readonly KnownBlock[] {
  if (asked === undefined) return []
  const since = report.reportedAt
  const safe = status === 'open' ? caseCardText.madeSafe(asked.name) : undefined
  const second = agreed && caseCardText.agreed(agreed, since)
  return [
    section(joined(' ', caseCardText.closing(asked, since), safe, second)),
    plainSection(reasonLine(asked.reason)),
  ]
}

function next({ report, taken, timesTold, plan, closing: asked, agreed }: Case): Markup {
  const { takeBy, take, call, agree, givingBack } = caseCardText.next
  if (agreed !== undefined) return givingBack()
  if (asked !== undefined) return agree()
  if (taken !== undefined) return call(taken.name, report.subjectName)
  return timesTold > 0 ? take() : takeBy(report.reportedAt + plan.takeWithin * 1000, report.reportedAt)
}

/** What security can do now. Once a second person agreed, nothing is left to say. */
function caseButtons({ status, report, taken, plan, closing: asked, agreed }: Case): readonly KnownBlock[] {
  if (status === 'closed' || agreed !== undefined) return []
  const { caseId } = report
  const about = caseDisplayId(caseId)
  const take =
    taken === undefined
      ? button('takeCase', caseId, { about, style: 'primary' })
      : button('takeCase', caseId, { about, label: buttonLabels.takeOver })
  return [
    buttons(
      caseId,
      ...(asked === undefined ? [] : [button('agreeUnblock', caseId, { about, style: 'primary' })]),
      take,
      ...(plan.withheld === undefined ? [] : [button('blockNow', caseId, { about, style: 'danger' })]),
      button('closeCase', caseId, { about }),
    ),
  ]
}
