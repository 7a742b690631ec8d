import type { Category } from '../../envelope/statement.ts'
import type { Plan } from '../../exception/plan.ts'
import { endsByWord } from '../../follow-up/rules.ts'
import { wrongTriesThatVoid, type Form } from '../../local/check.ts'
import { link, say, type Markup } from '../markup.ts'

/** What somebody is let into: the account, or one application. */
export type Opens = Plan['opens']

/** How somebody is let in: with a code for the account, with a code for one application, there without a code, or nowhere. */
type Way = 'account' | Form | 'nothing'

/** What is said differently, by the way in; `application` as people call it, empty where it is the account. */
type WayWords = {
  /** What is shown, lost and ended. */
  readonly thing: string
  /** The button that opens it. */
  readonly press: string
  /** Title of the window; Slack allows 24 characters. */
  readonly window: string
  /** What an approver is asked. */
  readonly question: (subject: string, application: string) => string
  readonly offer: (subject: string, application: string, time: string) => Markup
  /** What can't be misused before the subject opens it. */
  readonly notYet: (subject: string) => Markup
  /** What approving means where there is no code to guard. */
  readonly warning: (subject: string, application: string) => Markup | undefined
  /** To the subject before it is opened; `before` is when it has to be. */
  readonly howTo: (application: string, signIn: string, before: Markup) => Markup
  /** In the window, and on the subject's card while it is alive. */
  readonly steps: (application: string, category: Category) => Markup
  readonly caution: () => Markup
  /** What it does until then, beside the code or in its place. */
  readonly lasts: (until: Markup) => Markup
  readonly opened: (application: string, at: Markup, until: Markup) => Markup
  readonly openedPush: (application: string) => Markup
  readonly useIt: (application: string, signIn: string) => Markup
  readonly hidden: () => Markup
  /** What an approver is asked where it is to get more time, and what it is with more time. */
  readonly more: (subject: string) => string
  readonly moreStill: Markup
  /** To everybody else while it is alive, and when it was used. */
  readonly alive: (subject: string, application: string, at: Markup, until: Markup) => Markup
  readonly used: (subject: string, application: string, at: Markup) => Markup
  readonly opening: (application: string) => Markup
  /** To the subject once it was used, where a method is missing: on the card, and after “If that was not you”. */
  readonly addMethod: Markup
  readonly ifItWas: Markup
  /** Why it does not work; `from` is when a code of the account can be used at the earliest. */
  readonly works: (application: string, from: Markup, until: Markup) => Markup
  readonly tries: (application: string) => Markup
}

const nobodyAsks = say`*Nobody from IT will ask for this code.* If somebody does, close this and press *Not me*.`

const account: WayWords = {
  thing: 'code',
  press: 'Show my code',
  window: 'Your code, shown once',
  question: (subject) => `Let ${subject} sign in with a temporary pass?`,
  offer: (subject, _, time) => say`One sign-in, up to ${time} after ${subject} opens it.`,
  notYet: (subject) => say`No code exists until ${subject} opens it.`,
  warning: () => undefined,
  howTo: (_, signIn, before) =>
    say`Open the ${link(signIn, 'sign-in page')} first. Then press *Show my code*, before ${before}.`,
  steps: (_, category) =>
    endsByWord(category)
      ? say`Wait 30 seconds, then type it on the sign-in page.`
      : say`1. Wait 30 seconds, then type it on the sign-in page.\n2. After signing in, add your new method within 10 minutes.`,
  caution: () => nobodyAsks,
  lasts: (until) => say`Works once, until ${until}.`,
  more: (subject) => `Give ${subject} more time?`,
  moreStill: say`still only once`,
  opened: (_, at, until) => say`*Code shown at ${at}.* It works once, until ${until}.`,
  openedPush: () => say`Your code was shown. It works once.`,
  useIt: (_, signIn) =>
    say`Type it on the ${link(signIn, 'sign-in page')}. Nobody from IT will ask for this code.`,
  hidden: () => say`Code hidden. Lost it?`,
  alive: (subject, _, at, until) =>
    say`${subject} was shown the code at ${at}. It works once, until ${until}.`,
  used: (subject, _, at) => say`${subject} signed in with the pass; it was seen at ${at}.`,
  opening: () => say`The code was shown.`,
  addMethod: say`From signing in you have 10 minutes to add your new sign-in method; after that, you will be stuck again.`,
  ifItWas: say`If it was, add your new method within 10 minutes of it.`,
  works: (_, from, until) => say`The code works from about ${from}, once, until ${until}.`,
  tries: () =>
    say`• “Wrong” in the first minutes: wait 30 seconds and try again.\n• Capital and small letters are different; there is no space in it.\n• Asked for a password? Choose another way to sign in, then *Temporary Access Pass*.\n• Signed in once already? Then it is used up.`,
}

const addNow = {
  addMethod: say`Add your new sign-in method now, or you will be stuck again the next time.`,
  ifItWas: say`If it was, add your new method now.`,
}

const code: WayWords = {
  ...account,
  ...addNow,
  question: pastTheSecondFactor,
  offer: (_, application, time) => say`One sign-in to ${application} with a code that works for ${time}.`,
  howTo: (application, _, before) =>
    say`Sign in to ${application}. When it asks for the second factor, press *Show my code*, before ${before}.`,
  steps: (application) =>
    say`Type it when you sign in to ${application} and the second factor is asked for. It works at once; no need to wait.`,
  useIt: (application) =>
    say`Type it when you sign in to ${application} and the second factor is asked for. Nobody from IT will ask for this code.`,
  used: (subject, application, at) =>
    say`${subject} signed in to ${application} with the code; it was seen at ${at}.`,
  works: (_, __, until) => say`The code works at once, a single time, until ${until}.`,
  tries: (application) =>
    say`• It is for ${application} and your own account only: type it where the second factor is asked for, not as your password.\n• Hyphens, capital and small letters make no difference.\n• After ${wrongTriesThatVoid} wrong tries it is void. Then you need a new request.\n• Signed in once already? Then it is used up.`,
}

const letIn: WayWords = {
  ...addNow,
  more: account.more,
  moreStill: account.moreStill,
  lasts: (until) => say`It counts once, until ${until}.`,
  thing: 'bypass',
  press: 'Let me in',
  window: 'Let in, once',
  question: pastTheSecondFactor,
  offer: (subject, application, time) =>
    say`*There is no code:* the next sign-in of ${subject} to ${application} passes without a second factor, once, for ${time}.`,
  notYet: (subject) => say`Nothing is open until ${subject} opens it.`,
  warning: (subject, application) =>
    say`From then on whoever knows the password of ${subject} can be the one who signs in to ${application}.`,
  howTo: (application, _, before) =>
    say`Press *Let me in* right before you sign in to ${application}, at ${before} at the latest. There is no code.`,
  steps: (application) =>
    say`*Sign in to ${application} now.* There is no code: your next sign-in there passes without a second factor.`,
  caution: () =>
    say`*Nobody from IT will ask you to open this for them.* Did somebody? Close this and press *Not me*.`,
  opened: (application, at, until) =>
    say`*Your next sign-in to ${application} is open since ${at}.* It passes without a second factor, once, until ${until}.`,
  openedPush: (application) => say`Your next sign-in to ${application} is open.`,
  useIt: (application) => say`Sign in to ${application} as always. There is no code.`,
  hidden: () => say`You can close this. Not let in?`,
  alive: (subject, application, at, until) =>
    say`${subject} opened it at ${at}. The next sign-in to ${application} passes without a second factor, once, until ${until}.`,
  used: (subject, application, at) =>
    say`${subject} signed in to ${application} without a second factor; it was seen at ${at}.`,
  opening: (application) => say`One sign-in to ${application} was opened.`,
  works: (application, _, until) =>
    say`There is no code. Your next sign-in to ${application} passes without a second factor, once, until ${until}.`,
  tries: (application) =>
    say`• It is for ${application} and your own account only.\n• Signed in once already? Then it is used up.`,
}

const nothing: WayWords = {
  ...account,
  addMethod: say`It was a drill: nothing is left to do.`,
  ifItWas: say`It was a drill: nothing is left to do.`,
  thing: 'drill code',
  window: 'Drill: your code',
  question: (subject) => `Drill: let ${subject} have a code that opens nothing?`,
  offer: (subject, _, time) =>
    say`A code that opens nothing and ends by itself, ${time} after ${subject} opens it.`,
  howTo: (_, __, before) =>
    say`Press *Show my code*, before ${before}. The code opens nothing: there is nowhere to type it.`,
  steps: () => say`There is nowhere to type it: this is a drill, and the code opens nothing.`,
  lasts: (until) => say`Opens nothing; it ends at ${until}.`,
  more: (subject) => `Drill: give ${subject} more time?`,
  moreStill: say`and still opens nothing`,
  opened: (_, at, until) => say`*Code shown at ${at}.* It opens nothing; it ends at ${until}.`,
  openedPush: () => say`Your drill code was shown. It opens nothing.`,
  useIt: () => say`There is nowhere to type it. Nobody from IT will ever ask for a code.`,
  alive: (subject, _, at, until) =>
    say`${subject} was shown the drill code at ${at}. It opens nothing; it ends at ${until}.`,
  used: (subject, _, at) => say`${subject} typed the code of a drill somewhere; it was seen at ${at}.`,
  works: (_, __, until) => say`The code of a drill works nowhere. It ends at ${until}.`,
  tries: () => say`• It is a drill: no sign-in page takes this code.`,
}

function pastTheSecondFactor(subject: string, application: string): string {
  return `Let ${subject} sign in to ${application} once, past the second factor?`
}

const ways: Readonly<Record<Way, WayWords>> = { account, code, 'let-in': letIn, nothing }

/** The words for the way in, and the application as people call it. */
export function wayOf(opens: Opens): WayWords & { readonly application: string } {
  return { ...ways[opens?.form ?? 'account'], application: opens?.name ?? '' }
}
