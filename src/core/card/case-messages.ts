import type { CaseFact } from '../fraud/fact.ts'
import { steps, type Step } from '../fraud/plan.ts'
import type { Case, Reported } from '../fraud/state.ts'
import { caseDisplayId } from '../ids.ts'
import { caseDoneText, caseReporterText, caseSubjectText, caseThreadText } from '../text/en.ts'
import { joined, spoken, type Markup } from '../text/markup.ts'
import { button, buttons, context, section } from './blocks.ts'
import type { Card } from './card.ts'
import { caseIdOf } from './case.ts'

/** What people outside security are told of: the provider's risk engine changes nothing for them. */
const toldSteps = steps.filter((step) => step !== 'risk')

/** What somebody who reported reads, kept up to date: what was done, what is running, what is next and who acts. */
export function reporterCard(state: Case, { as, by }: Reported): Card {
  const { report } = state
  const id = caseDisplayId(report.caseId)
  if (state.status === 'closed') {
    const says = caseReporterText.closed(id, state.outcome)
    return {
      text: spoken(says),
      blocks: [section(joined(' ', says, afterwards(state, as))), context(caseIdOf(state))],
    }
  }
  const says = caseReporterText.open(id)
  const next = joined(' ', caseReporterText.next[as](report.subjectName), urgent(state))
  const said = state.mistakes.find((one) => one.by.person === by.person)
  const mistake =
    said === undefined ? caseReporterText.mistake() : caseReporterText.mistaken(said.at, report.reportedAt)
  return {
    text: spoken(says),
    blocks: [
      section(joined('\n', says, ...whatIsDone(state, as), next, whoActs(state))),
      ...(said === undefined
        ? [buttons(report.caseId, button('tellSecurity', report.caseId, { about: id }))]
        : []),
      context(joined(' ', mistake, caseIdOf(state))),
    ],
  }
}

function urgent({ plan }: Case): Markup | undefined {
  return plan.phone === undefined ? undefined : caseReporterText.urgent(plan.phone)
}

/** What the person reads when somebody else reported; whoever reported has a message already. */
export function subjectCard(state: Case): Card | undefined {
  const { report, reporters: all } = state
  if (all.some(({ by }) => by.person === report.subject)) return undefined
  if (state.status === 'closed') {
    const says = caseReporterText.closed(caseDisplayId(report.caseId), state.outcome)
    return {
      text: spoken(says),
      blocks: [section(joined(' ', says, afterwards(state, 'subject'))), context(caseIdOf(state))],
    }
  }
  const says = caseSubjectText.open()
  // The account may be in the wrong hands, so it does not say what waits, nor what could not be done.
  const lines = [
    ...progress(state, 'subject'),
    requests(state, 'subject'),
    joined(' ', caseSubjectText.next(), urgent(state)),
  ]
  return {
    text: spoken(joined(' ', says, caseSubjectText.next())),
    blocks: [
      section(joined('\n', joined(' ', says, whoTold(state)), ...lines)),
      context(joined(' ', caseSubjectText.wasItYou(), caseIdOf(state))),
    ],
  }
}

/** What somebody who was not there reads in the thread of a case; undefined where the card says it already. */
export function threadLine(fact: CaseFact, state: Case): Card | undefined {
  const says = caseThreadText.line(fact, state)
  return says && { text: spoken(says), blocks: [section(says)] }
}

/** Only whoever may act on a report is told about the account; somebody else could report just to find out. */
function whatIsDone(state: Case, reader: Reported['as']): readonly Markup[] {
  const { report } = state
  if (reader === 'somebody') {
    const { exceptions, passes } = state.steps
    const isEnded = exceptions?.result?.is === 'done' && passes?.result?.is === 'done'
    return [caseReporterText.discreet(report.subjectName, isEnded)]
  }
  return [
    ...progress(state, reader),
    ...listed(caseDoneText.byHand, byHand(state)),
    ...listed(caseDoneText.withheld, withheldSteps(state)),
    requests(state, reader),
  ]
}

function progress(state: Case, reader: Reported['as']): readonly Markup[] {
  return [...done(state), ...running(state, reader)]
}

function requests({ plan, report }: Case, reader: Reported['as']): Markup {
  return caseDoneText.requests(plan.requests, reader === 'subject' ? caseDoneText.you : report.subjectName)
}

function done({ steps: taken, report }: Case): readonly Markup[] {
  const found = toldSteps.filter((step) => {
    const result = taken[step]?.result
    return result?.is === 'done' && result.count !== 0
  })
  const last = Math.max(...found.map((step) => taken[step]?.at ?? report.reportedAt))
  return listed((these) => caseDoneText.done(these, last, report.reportedAt), found)
}

function running({ steps: taken }: Case, reader: Reported['as']): readonly Markup[] {
  const now = toldSteps.filter((step) => taken[step] !== undefined && taken[step].result === undefined)
  const isToBeSignedOut = reader === 'subject' && (now.includes('sessions') || now.includes('block'))
  const signedOut = isToBeSignedOut ? caseDoneText.signedOut() : undefined
  return listed((these) => joined(' ', caseDoneText.running(these), signedOut), now)
}

/** What a person can do in Hallpass's place; without a licence nobody can. */
function byHand({ steps: taken }: Case): readonly Step[] {
  return toldSteps.filter((step) => {
    const result = taken[step]?.result
    return result?.is === 'impossible' && result.because !== 'no-licence'
  })
}

function withheldSteps({ plan }: Case): readonly Step[] {
  return toldSteps.filter((step) => plan.withheld?.steps.includes(step))
}

function listed(says: (these: readonly Step[]) => Markup, these: readonly Step[]): readonly Markup[] {
  return these.length === 0 ? [] : [says(these)]
}

function whoActs({ taken, timesTold, plan, report: { reportedAt } }: Case): Markup {
  if (taken !== undefined) return caseReporterText.taken(taken.name)
  return timesTold > 0
    ? caseReporterText.notTaken()
    : caseReporterText.takeBy(reportedAt + plan.takeWithin * 1000, reportedAt)
}

function whoTold({ reporters: [first], report: { reportedAt } }: Case): Markup | undefined {
  if (first === undefined) return undefined
  return first.as === 'helpdesk' || first.as === 'security'
    ? caseSubjectText.byName(first.name, first.as, first.at, reportedAt)
    : caseSubjectText.bySomebody(first.at, reportedAt)
}

function afterwards({ report, unblocked, steps: taken }: Case, reader: Reported['as']): Markup {
  if (reader === 'somebody') return caseReporterText.thanks()
  const isUnsure = taken.block?.result?.is === 'impossible'
  if (reader !== 'subject') return caseSubjectText.given(report.subjectName, unblocked, isUnsure)
  return joined(' ', caseSubjectText.given(caseDoneText.you, unblocked, isUnsure), caseSubjectText.stays())
}
