import type { CasePlan, Reporter, Step } from '../../fraud/plan.ts'
import type { CaseFact, CaseFactOf, StepResult } from '../../fraud/fact.ts'
import { isBlocked } from '../../fraud/answer.ts'
import type { CaseOutcome, CaseSaid } from '../../fraud/statement.ts'
import type { Case } from '../../fraud/state.ts'
import { clockTime, dayAndTime, exactTime } from '../clock.ts'
import { joined, quoted, say, type Markup } from '../markup.ts'
import { refusalText } from '../refusal-text.ts'
import {
  caseOutcomeWords,
  insteadOf,
  reporterWords,
  stepNouns,
  stepTexts,
  unblockInsteadOf,
  whatWords,
} from './cases.ts'
import { methodNames } from './story.ts'

/** Longest list of steps, and longest text of somebody, within a line. */
const longestSteps = 240
const longestText = 300

const noCode = say`Give no code to anybody. Security will call your number in the directory and ask for none.`

/** What was done, what is running, and who does the rest: for whoever reported, and for the person. */
export const caseDoneText = {
  done: (steps: readonly Step[], at: number, since: number): Markup =>
    say`Done at ${exactTime(at, since)}: ${quoted(steps.map((step) => stepTexts[step].told).join(', '), longestSteps)}.`,
  running: (steps: readonly Step[]): Markup => say`Running: ${quoted(stepNouns(steps), longestSteps)}.`,
  signedOut: (): Markup => say`You may be signed out within minutes.`,
  byHand: (steps: readonly Step[]): Markup =>
    say`Security has to do by hand: ${quoted(stepNouns(steps), longestSteps)}.`,
  withheld: (steps: readonly Step[]): Markup =>
    say`Security decides about: ${quoted(stepNouns(steps), longestSteps)}.`,
  requests: (requests: CasePlan['requests'], whom: string): Markup =>
    requests === 'refused'
      ? say`New passes and bypasses for ${whom} are refused meanwhile.`
      : say`New passes and bypasses for ${whom} need one more approver meanwhile.`,
  you: 'you',
} as const

/** The message to somebody who reported. */
export const caseReporterText = {
  open: (id: string): Markup => say`*Case ${id} is open. Security has been told.*`,
  closed: (id: string, outcome: CaseOutcome): Markup =>
    say`*Case ${id} is closed: ${caseOutcomeWords[outcome]}.*`,
  /** For whoever may not know what else is done about somebody's account. */
  discreet: (subject: string, isDone: boolean): Markup =>
    isDone
      ? say`What Hallpass had opened for ${subject} is ended. Your report blocks no account: security decides that.`
      : say`What Hallpass has opened for ${subject} is being ended. Your report blocks no account: security decides that.`,
  next: {
    subject: () => noCode,
    helpdesk: (subject) =>
      say`Give no code for ${subject} to anybody. Security will call ${subject} on the number in the directory.`,
    security: () => say`It goes on with the card in security’s channel.`,
    somebody: () => say`Security will look into it and may ask you what you saw. Please keep it to yourself.`,
  } satisfies Readonly<Record<Reporter, (subject: string) => Markup>>,
  taken: (name: string): Markup => say`${name} of security looks after it.`,
  takeBy: (until: number, since: number): Markup =>
    say`If nobody of security has taken it by ${clockTime(until, since)}, security is told again.`,
  notTaken: (): Markup => say`Nobody of security has taken it yet; security was told again.`,
  /** `phone`: where security is reached when it is urgent. */
  urgent: (phone: string): Markup => say`Urgent: ${phone}.`,
  mistake: (): Markup => say`Reported by mistake? *Tell security*; that alone undoes nothing.`,
  mistaken: (at: number, since: number): Markup =>
    say`You told security at ${clockTime(at, since)} that it was a mistake. That alone undoes nothing.`,
  thanks: (): Markup => say`Thank you for telling.`,
} as const

/** The message to the person when somebody else reported, and what the end means for them. */
export const caseSubjectText = {
  open: (): Markup => say`*Fraud was reported about your account.*`,
  byName: (name: string, as: Reporter, at: number, since: number): Markup =>
    say`${name} (${reporterWords[as]}) told security at ${clockTime(at, since)}.`,
  bySomebody: (at: number, since: number): Markup => say`Somebody told security at ${clockTime(at, since)}.`,
  next: (): Markup => noCode,
  wasItYou: (): Markup => say`Is it all well, and was it you? Tell security when they call.`,
  /** `isUnsure`: Hallpass could not block the account, so somebody may have done it by hand. */
  given: (whom: string, unblocked: StepResult | undefined, isUnsure: boolean): Markup => {
    const isYou = whom === caseDoneText.you
    if (unblocked === undefined && isUnsure)
      return isYou
        ? say`Call security if you can’t sign in.`
        : say`If ${whom} can’t sign in, security has to help.`
    if (unblocked === undefined)
      return isYou ? say`Your account was not blocked.` : say`The account of ${whom} was not blocked.`
    if (unblocked.is === 'done') return isYou ? say`You can sign in again.` : say`${whom} can sign in again.`
    return isYou
      ? say`Security has to give your account back by hand. Call them if you still can’t sign in.`
      : say`Security has to give the account of ${whom} back by hand.`
  },
  stays: (): Markup => say`What was ended stays ended. Do you need a new pass? Call the helpdesk.`,
} as const

const verbs: Readonly<Record<CaseSaid['kind'], string>> = {
  report: 'report it',
  mistake: 'say that it was a mistake',
  take: 'take it',
  note: 'add a note',
  block: 'have the account blocked',
  close: 'close it',
  unblock: 'agree to unblock',
}

type LineOf = {
  readonly [Type in CaseFact['type']]: (fact: CaseFactOf<Type>, state: Case) => Markup | undefined
}

const lines: LineOf = {
  reported: (fact) => reported(fact),
  'reported-again': (fact) => reported(fact),
  'step-taken': ({ step, result }) => stepTaken(step, result),
  'looked-around': ({ details }, { report }) =>
    details.methods.length === 0
      ? undefined
      : say`*Sign-in methods were registered since:* ${methodNames(details.methods.map((label) => ({ label })))}. Go through them with ${report.subjectName}.`,
  taken: ({ details }) => say`*${details.name} looks after it.*`,
  'not-taken': ({ times }) =>
    say`*Nobody has taken it yet.* Security is told ${times === 1 ? 'again' : `again, ${times} times by now`}. Press *I take it* on the card above.`,
  'said-mistaken': ({ details }) => mistaken(details.name),
  raised: (_, state) => caseAlarmText.stillOpen(state),
  noted: ({ details }) => say`${details.name} noted: “${quoted(details.text, longestText)}”`,
  'block-asked': ({ details }) =>
    say`${details.name} pressed *Block now*: what waited for security is being done.`,
  'close-asked': ({ details, outcome }) =>
    say`${details.name} asked to close it: ${caseOutcomeWords[outcome]}. “${quoted(details.reason, longestText)}”`,
  'unblock-agreed': ({ details }) => say`${details.name} agreed to give the account back.`,
  'agreement-void': ({ refusal }, { report }) =>
    say`The account was not given back: “${refusalText(refusal, { subject: report.subjectName })}” Somebody else of security has to agree.`,
  unblocked: ({ result }) =>
    result.is === 'done'
      ? say`*The account was given back.*`
      : say`*Hallpass can’t give the account back.* ${unblockInsteadOf(result.because)}`,
  'word-refused': ({ details, said, refusal }, { report }) =>
    say`${details.name} tried to ${verbs[said]}, which was refused: “${refusalText(refusal, { subject: report.subjectName })}”`,
  'case-forged': ({ said }) =>
    say`*Somebody tried to ${verbs[said]} with a message that Hallpass did not sign.* It counted for nothing. Find out who can reach Hallpass’s Temporal server.`,
  'case-closed': ({ outcome }) => say`*Closed: ${caseOutcomeWords[outcome]}.*`,
}

/** A message of its own in security's channel: about a case that nobody has taken, or that stays open. */
export const caseAlarmText = {
  notTaken: ({ report, timesTold }: Case): Markup =>
    say`*Nobody has taken the case about ${report.subjectName}*, reported ${dayAndTime(report.reportedAt)}. Security has been told ${timesTold === 1 ? 'again' : `again ${timesTold} times`}.`,
  stillOpen: (state: Case): Markup => {
    const { report, taken } = state
    const since = dayAndTime(report.reportedAt)
    const whose = taken === undefined ? undefined : say`${taken.name} looks after it.`
    const stays = isBlocked(state)
      ? say`*The account of ${report.subjectName} has been blocked since ${since}*, and nothing lifts that by itself.`
      : say`*The case about ${report.subjectName} has been open since ${since}.*`
    return joined(' ', stays, whose, say`Close it, or note why it has to stay.`)
  },
  settled: (subject: string, standing: Markup): Markup => say`The case about ${subject}: ${standing}`,
  whereToLook: (id: string): Markup => say`${id}. Its card and its thread stand in security’s channel.`,
} as const

function mistaken(name: string): Markup {
  return say`*${name} says that it was reported by mistake.* That undoes nothing: call back on the number in the directory.`
}

/** One line for the thread of a case, with its time. */
export const caseThreadText = {
  line: <Type extends CaseFact['type']>(
    fact: { readonly type: Type } & CaseFactOf<Type>,
    state: Case,
  ): Markup | undefined => {
    const says = lines[fact.type](fact, state)
    return says && joined(' ', exactTime(fact.at, state.report.reportedAt), says)
  },
} as const

function reported({ details, as, what }: CaseFactOf<'reported'> | CaseFactOf<'reported-again'>): Markup {
  return say`*${details.reporterName}* (${reporterWords[as]}) reported it${whatWords(what)}.`
}

/** What found nothing is no part of the story; the card has it. */
function stepTaken(step: Step, result: StepResult): Markup | undefined {
  const { noun, done, byHand } = stepTexts[step]
  if (result.is === 'impossible')
    return say`*Hallpass can’t do this: ${noun}.* ${insteadOf(result.because, byHand)}`
  if (result.count === 0) return undefined
  return result.count === undefined ? say`${done}.` : say`${done}: ${result.count}.`
}
