import type { KnownBlock } from '@slack/types'
import { steps } from '../fraud/plan.ts'
import { sameTwo } from '../fraud/same-two.ts'
import type { Case } from '../fraud/state.ts'
import type { PersonId } from '../ids.ts'
import { answerText, caseCardText, nameless } from '../text/en.ts'
import { cut, joined, type Markup } from '../text/markup.ts'
import { context, plainSection, section } from './blocks.ts'

/** How many of each fit on a card that is read in a hurry; the rest is counted. */
const most = { reporters: 5, exceptions: 5, pairs: 3, notes: 3 } as const
/** Longest text of a person on the card, in UTF-16 units. */
const longestWords = 600
const longestName = 80

/** Who reported, as what, what and when, and each in their own words. */
export function reporters({ report, reporters: all, mistakes }: Case): readonly KnownBlock[] {
  // Whoever came first, and the newest: the person themselves may be the last to report.
  const shown = [...all.slice(0, 1), ...all.slice(1).slice(1 - most.reporters)]
  const lines = [
    ...shown.map((reporter) => caseCardText.reported(reporter, report.reportedAt)),
    ...mistakes.slice(-most.reporters).map((one) => caseCardText.mistaken(one, report.reportedAt)),
  ]
  const { when, application } = report
  const typed = [
    ...shown.flatMap(({ name, words }) => (words ? [caseCardText.words(cut(name, longestName), words)] : [])),
    ...(when ? [caseCardText.when(when)] : []),
    ...(application ? [caseCardText.application(application)] : []),
  ]
  return [
    section(joined('\n', ...lines, moreOf(all.length - shown.length))),
    ...typed.map((text) => plainSection(cut(text, longestWords))),
  ]
}

/** What was done, what is being tried, what a person has to do, and what waits for security's word. */
export function stepsTaken({ status, report, plan, steps: taken }: Case): readonly KnownBlock[] {
  const lines = steps.flatMap((step) => {
    const state = taken[step]
    return state === undefined ? [] : [caseCardText.step(step, state, report.reportedAt)]
  })
  const requests = status === 'open' ? caseCardText.requests(plan.requests, report.subjectName) : undefined
  const waits = status === 'open' ? plan.withheld : undefined
  return [
    section(joined('\n', caseCardText.stepsTitle(), ...lines, requests)),
    ...(waits === undefined ? [] : [section(caseCardText.withheld(waits))]),
  ]
}

/** The person's exceptions with the people in them, and the sign-in methods that came since. */
export function around({ report, around: found }: Case): readonly KnownBlock[] {
  const { subjectName } = report
  if (found === undefined) return [context(caseCardText.lookingAround(subjectName))]
  const { exceptions, names, methods } = found
  const nameOf = (person: PersonId): string => names[person] ?? nameless.unknown
  const shown = exceptions.slice(0, most.exceptions)
  const lines = shown.map(({ displayId, requester, approvers }) =>
    caseCardText.around(displayId, nameOf(requester), approvers.map(nameOf).join(' and ')),
  )
  const pairs = sameTwo(exceptions)
    .slice(0, most.pairs)
    .map(({ people: [one, other], times }) => caseCardText.sameTwo(nameOf(one), nameOf(other), times))
  return [
    exceptions.length === 0
      ? context(caseCardText.noneAround(subjectName))
      : section(
          joined(
            '\n',
            caseCardText.aroundTitle(subjectName),
            ...lines,
            moreOf(exceptions.length - shown.length),
            ...pairs,
          ),
        ),
    ...(methods.length === 0 ? [] : [section(caseCardText.methods(methods, subjectName))]),
  ]
}

/** What people noted, the newest last. */
export function notes({ report, notes: all }: Case): readonly KnownBlock[] {
  const shown = all.slice(-most.notes)
  const earlier = all.length - shown.length
  return [
    ...(earlier > 0 ? [context(caseCardText.earlierNotes(earlier))] : []),
    ...shown.flatMap(({ name, at, text }) => [
      context(caseCardText.note(name, at, report.reportedAt)),
      plainSection(caseCardText.noteText(cut(text, longestWords))),
    ]),
  ]
}

function moreOf(count: number): Markup | undefined {
  return count > 0 ? answerText.more(count) : undefined
}
