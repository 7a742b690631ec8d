import type { CaseFact } from '../fraud/fact.ts'
import { steps, type Step } from '../fraud/plan.ts'
import type { Case, Reported } from '../fraud/state.ts'
import { caseDisplayId } from '../ids.ts'
import { caseDoneText, caseReporterText, caseSubjectText, caseThreadText } from '../text/en.ts'
import { joined, spoken, type Markup } from '../text/markup.ts'
import { context, section } from './blocks.ts'
import type { Card } from './card.ts'
import { caseIdOf } from './case.ts'

/** What somebody who reported reads, kept up to date: what was done, what is running, what is next and who acts. */
export function reporterCard(state: Case, { as }: Reported): Card {
  const { report } = state
  const id = caseDisplayId(report.caseId)
  if (state.status === 'closed') {
    const says = caseReporterText.closed(id, state)
    return {
      text: spoken(says),
      blocks: [section(joined(' ', says, afterwards(state, as))), context(caseIdOf(state))],
    }
  }
  const says = caseReporterText.open(id)
  const next = caseReporterText.next[as](report.subjectName)
  const mistake = as === 'subject' ? caseReporterText.mistake() : undefined
  return {
    text: spoken(says),
    blocks: [
      section(joined('\n', says, ...whatIsDone(state, as), next, whoActs(state))),
      context(joined(' ', mistake, caseIdOf(state))),
    ],
  }
}

/** What the person reads when somebody else reported; whoever reported has a message already. */
export function subjectCard(state: Case): Card | undefined {
  const { report, reporters: all } = state
  if (all.some(({ by }) => by.person === report.subject)) return undefined
  if (state.status === 'closed') {
    const says = caseReporterText.closed(caseDisplayId(report.caseId), state)
    return {
      text: spoken(says),
      blocks: [section(joined(' ', says, afterwards(state, 'subject'))), context(caseIdOf(state))],
    }
  }
  const says = caseSubjectText.open()
  return {
    text: spoken(joined(' ', says, caseSubjectText.next())),
    blocks: [
      section(
        joined(
          '\n',
          joined(' ', says, whoTold(state)),
          ...whatIsDone(state, 'subject'),
          caseSubjectText.next(),
        ),
      ),
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
  const { report, plan } = state
  if (reader === 'somebody') {
    const isEnded = state.steps.exceptions?.result?.is === 'done' && state.steps.passes?.result?.is === 'done'
    return [caseReporterText.discreet(report.subjectName, isEnded)]
  }
  const whom = reader === 'subject' ? caseDoneText.you : report.subjectName
  return [
    ...done(state),
    ...running(state, reader),
    ...listed(caseDoneText.byHand, byHand(state)),
    ...listed(caseDoneText.withheld, plan.withheld?.steps ?? []),
    caseDoneText.requests(plan.requests, whom),
  ]
}

function done({ steps: taken, report }: Case): readonly Markup[] {
  const found = steps.filter((step) => {
    const result = taken[step]?.result
    return result?.is === 'done' && result.count !== 0
  })
  const last = Math.max(...found.map((step) => taken[step]?.at ?? report.reportedAt))
  return listed((these) => caseDoneText.done(these, last, report.reportedAt), found)
}

function running({ steps: taken }: Case, reader: Reported['as']): readonly Markup[] {
  const now = steps.filter((step) => taken[step] !== undefined && taken[step].result === undefined)
  const isToBeSignedOut = reader === 'subject' && (now.includes('sessions') || now.includes('block'))
  return listed(
    (these) =>
      joined(' ', caseDoneText.running(these), isToBeSignedOut ? caseDoneText.signedOut() : undefined),
    now,
  )
}

/** What a person can do in Hallpass's place; without a licence nobody can. */
function byHand({ steps: taken }: Case): readonly Step[] {
  return steps.filter((step) => {
    const result = taken[step]?.result
    return result?.is === 'impossible' && result.because !== 'no-licence'
  })
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

function afterwards({ report, unblocked }: Case, reader: Reported['as']): Markup {
  if (reader === 'somebody') return caseReporterText.thanks()
  if (reader !== 'subject') return caseSubjectText.given(report.subjectName, unblocked)
  return joined(' ', caseSubjectText.given(caseDoneText.you, unblocked), caseSubjectText.stays())
}
