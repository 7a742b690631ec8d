import type { StepProblem } from '../../fraud/fact.ts'
import type { CasePlan, Reporter, Step, Withheld } from '../../fraud/plan.ts'
import type { Case, Reported, StepState } from '../../fraud/state.ts'
import type { CaseOutcome, What } from '../../fraud/statement.ts'
import { clockTime, dayAndTime, exactTime } from '../clock.ts'
import { joined, quoted, say, type Markup } from '../markup.ts'
import { methodNames } from './story.ts'

/** What happened, as a choice in the form and, in small letters, inside a sentence. */
export const whatLabels: Readonly<Record<What, string>> = {
  'sign-in': 'A sign-in or a prompt that the person did not start',
  message: 'A message, code or pass that the person did not ask for',
  'gave-code': 'A code or password was given to somebody',
  caller: 'A caller who was not who they said they are',
  other: 'Something else',
}

/** What was chosen in the form, at the end of a sentence; nothing where only the words tell. */
export function whatWords(what: What): string {
  return what === 'other' ? '' : `: ${whatLabels[what].toLowerCase()}`
}

/** What whoever reports is to the person. */
export const reporterWords: Readonly<Record<Reporter, string>> = {
  subject: 'about their own account',
  helpdesk: 'helpdesk',
  security: 'security',
  somebody: 'a colleague',
}

/** How a case ended. */
export const caseOutcomeWords: Readonly<Record<CaseOutcome, string>> = {
  'false-alarm': 'false alarm',
  confirmed: 'confirmed fraud',
  test: 'a test',
}

/** A step: as a thing, as done on security's card, as done for others, and what a person does in its place. */
type StepText = {
  readonly noun: string
  readonly done: string
  /** Where it found nothing. */
  readonly none?: string
  readonly told: string
  readonly byHand: Markup
}

/** What is done about fraud, in words. */
export const stepTexts: Readonly<Record<Step, StepText>> = {
  exceptions: {
    noun: 'end of open exceptions',
    done: 'Open exceptions ended',
    none: 'No exception was open',
    told: 'open exceptions ended',
    byHand: say`End them on their own cards.`,
  },
  passes: {
    noun: 'end of all passes',
    done: 'Passes revoked',
    none: 'No pass is alive',
    told: 'passes revoked and checked',
    byHand: say`In Entra open the user, *Authentication methods*, and delete the Temporary Access Pass.`,
  },
  checks: {
    noun: 'refusal at Hallpass’s own checks',
    done: 'Refused at Hallpass’s own checks',
    told: 'refused at Hallpass’s own checks',
    byHand: say`Have the user name refused where the sign-ins are checked.`,
  },
  block: {
    noun: 'account block',
    done: 'Account blocked',
    told: 'account blocked',
    byHand: say`In Entra open the user, *Block sign-in*.`,
  },
  sessions: {
    noun: 'sign-out everywhere',
    done: 'Signed out everywhere',
    told: 'signed out everywhere',
    byHand: say`In Entra open the user, *Revoke sessions*.`,
  },
  risk: {
    noun: 'report to Entra’s risk engine',
    done: 'Reported to Entra’s risk engine',
    told: 'Entra’s risk engine told',
    byHand: say`In Entra open *Risky users*, *Confirm user compromised*.`,
  },
}

const problems: Readonly<Record<StepProblem, Markup>> = {
  forbidden: say`The application may not act on this account.`,
  'no-licence': say`Entra has no licence for it, so nothing has to be done.`,
  'not-found': say`Entra knows no such account. Look for it among the deleted users.`,
}

/** Why Hallpass can't, and what a person does instead. */
export function insteadOf(because: StepProblem, byHand: Markup): Markup {
  return because === 'forbidden' ? joined(' ', problems[because], byHand) : problems[because]
}

/** The same where the account could not be given back. */
export function unblockInsteadOf(because: StepProblem): Markup {
  return insteadOf(because, say`In Entra open the user, and take *Block sign-in* off.`)
}

/** A step with what came of it. */
function stepLine(step: Step, { since, at = since, result }: StepState, reportedAt: number): Markup {
  const { noun, done, none, byHand } = stepTexts[step]
  const thing = noun.charAt(0).toUpperCase() + noun.slice(1)
  if (result === undefined) return say`• ${thing}: being tried since ${exactTime(since, reportedAt)}`
  if (result.is === 'impossible')
    return say`• ${thing}: *can’t be done by Hallpass.* ${insteadOf(result.because, byHand)}`
  const count = result.count === undefined || result.count === 0 ? undefined : say`, ${result.count} of them`
  const says = result.count === 0 && none !== undefined ? none : done
  return say`• ${says}${count ?? say``}, ${exactTime(at, reportedAt)}`
}

const whyWithheld: Readonly<Record<Withheld, Markup>> = {
  protected: say`Nothing locks this account out by itself: it is a break-glass account, or one of the last two of security.`,
  unreadable: say`The directory does not say who must never be locked out: check the sets of people in the policy.`,
  'too-many': say`Reports by the same person have blocked several accounts within the hour.`,
}

/** Steps as things, one after the other. */
export function stepNouns(steps: readonly Step[]): string {
  return steps.map((step) => stepTexts[step].noun).join(', ')
}

/** The card in security's channel. */
export const caseCardText = {
  title: (subject: string): string => `Fraud reported about ${subject}`,
  push: (subject: string, standing: Markup): Markup => say`Fraud was reported about ${subject}. ${standing}`,
  reported: ({ name, as, what, at }: Reported, since: number): Markup =>
    say`${clockTime(at, since)} *${name}* (${reporterWords[as]})${whatWords(what)}`,
  words: (name: string, words: string): string => `${name}: “${words}”`,
  when: (when: string): string => `When: ${when}`,
  application: (application: string): string => `Application: ${application}`,
  stepsTitle: (): Markup => say`*Done at once*`,
  step: stepLine,
  requests: (requests: CasePlan['requests'], subject: string): Markup =>
    requests === 'refused'
      ? say`• New requests for ${subject} are refused while the case is open`
      : say`• New requests for ${subject} need one more approver while the case is open`,
  withheld: ({ because, steps }: NonNullable<CasePlan['withheld']>): Markup =>
    say`*Waits for security:* ${quoted(stepNouns(steps), 200)}. ${whyWithheld[because]} *Block now* does it.`,
  taken: ({ name, at }: NonNullable<Case['taken']>, since: number): Markup =>
    say`*${name} looks after it*, since ${clockTime(at, since)}.`,
  notTaken: (timesTold: number): Markup =>
    joined(' ', say`*Nobody has taken it yet.*`, timesTold === 0 ? undefined : told(timesTold)),
  lookingAround: (subject: string): Markup =>
    say`Exceptions and sign-in methods of ${subject} are being looked up.`,
  noneAround: (subject: string): Markup => say`${subject} had no exception in the seven days before.`,
  aroundTitle: (subject: string): Markup => say`*Exceptions of ${subject} in the seven days before*`,
  around: (displayId: string, requester: string, approvers: string): Markup =>
    approvers === ''
      ? say`• ${displayId}: asked for by ${requester}, approved by nobody`
      : say`• ${displayId}: asked for by ${requester}, approved by ${quoted(approvers, 160)}`,
  sameTwo: (one: string, other: string, times: number): Markup =>
    say`*Caution:* ${one} and ${other} are in ${times} of them, one who asked and one who approved.`,
  methods: (labels: readonly string[], subject: string): Markup =>
    say`*Sign-in methods registered since:* ${methodNames(labels.map((label) => ({ label })))}. Remove in Entra, under *Authentication methods* of the user, what ${subject} does not know.`,
  mistaken: ({ name, at }: Case['mistakes'][number], since: number): Markup =>
    say`${clockTime(at, since)} *${name} says that it was reported by mistake.* That undoes nothing: call back first.`,
  note: (name: string, at: number, since: number): Markup => say`${clockTime(at, since)} Note by *${name}*:`,
  noteText: (text: string): string => `“${text}”`,
  earlierNotes: (count: number): Markup =>
    say`${count === 1 ? 'One earlier note is' : `${count} earlier notes are`} in the thread.`,
  closing: ({ name, at, outcome }: NonNullable<Case['closing']>, since: number): Markup =>
    say`*${name} asked at ${clockTime(at, since)} to close it: ${caseOutcomeWords[outcome]}.*`,
  madeSafe: (name: string): Markup =>
    say`${name} says that a new password was asked for, and that the sign-in methods were gone through.`,
  agreed: ({ name, at }: NonNullable<Case['agreed']>, since: number): Markup =>
    say`${name} agreed at ${clockTime(at, since)}.`,
  next: {
    takeBy: (until: number, since: number): Markup =>
      say`*Next:* somebody of security presses *I take it*. If nobody has by ${clockTime(until, since)}, security is told again.`,
    take: (): Markup => say`*Next:* somebody of security presses *I take it*.`,
    call: (name: string, subject: string): Markup =>
      say`*Next:* ${name} calls ${subject} on the number in the directory, has a new password set, goes through the sign-in methods with ${subject}, then presses *Close*.`,
    agree: (): Markup =>
      say`*Next:* a second person of security, who had no part in it, presses *Agree to unblock*.`,
    givingBack: (): Markup => say`*Next:* Hallpass gives the account back. Nobody has to do anything.`,
  },
  over: (outcome: CaseOutcome, at: number, name: string | undefined): Markup =>
    say`*Closed ${dayAndTime(at)}: ${caseOutcomeWords[outcome]}.*${name === undefined ? say`` : say` ${name} asked for that.`}`,
  givenBack: {
    done: (): Markup => say`The account was given back.`,
    nothing: (): Markup => say`Nothing had to be given back.`,
    byHand: (): Markup =>
      say`Hallpass blocked no account. If somebody did it by hand, it has to be taken back by hand.`,
    impossible: (because: StepProblem): Markup =>
      say`*Hallpass can’t give the account back.* ${unblockInsteadOf(because)}`,
  },
} as const

function told(times: number): Markup {
  return say`Security was reminded ${times === 1 ? 'once' : `${times} times`}.`
}

/** Lists of cases, and one of them. */
export const caseListText = {
  title: 'Cases of fraud',
  statusTitle: (displayId: string, subject: string): string =>
    `${displayId}: fraud reported about ${subject}`,
  item: (displayId: string, subject: string, at: number, standing: Markup): Markup =>
    say`*${displayId}* ${subject}, ${dayAndTime(at)}. ${standing}`,
} as const
