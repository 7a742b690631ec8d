import { mintsPerApproval } from '../../exception/may-mint.ts'
import type { Outcome } from '../../exception/fact.ts'
import type { StateOf } from '../../exception/state.ts'
import { clockTime } from '../clock.ts'
import { say, type Markup } from '../markup.ts'

/** The window that shows the code, and what comes after it. */
export const codeText = {
  loading: (until: number): Markup =>
    say`Your code is being made. Keep this window open. Nothing here at ${clockTime(until)}? Close it and press *Show my code* again.`,
  steps: (): Markup =>
    say`1. Wait 30 seconds, then type it on the sign-in page.\n2. After signing in, add your new method within 10 minutes.`,
  until: (expiresAt: number, hiddenAt: number): Markup =>
    say`Works once, until ${clockTime(expiresAt, hiddenAt)}. Hidden here at ${clockTime(hiddenAt)}.`,
  caution: (): Markup =>
    say`*Nobody from IT will ask for this code.* If somebody does, close this and press *Not me*.`,
  hidden: (): Markup => say`Code hidden. Lost it?`,
  refused: (): Markup => say`*No code was shown.*`,
} as const

/** What *It does not work* explains, by where the pass stands. */
export const helpText = {
  active: ({ shownAt, lease }: StateOf<'active'>): Markup =>
    say`The code works from about ${clockTime(shownAt + 30_000)}, once, until ${clockTime(lease.expiresAt, shownAt)}.`,
  tries: (): Markup =>
    say`• “Wrong” in the first minutes: wait 30 seconds and try again.\n• Capital and small letters are different; there is no space in it.\n• Asked for a password? Choose another way to sign in, then *Temporary Access Pass*.\n• Signed in once already? Then it is used up.`,
  notSeen: (made: number): Markup =>
    made < mintsPerApproval
      ? say`Closed the window too early? *I did not see it* ends this code; then you can have another one (${made} of ${mintsPerApproval} were made). Your approver and security hear of it.`
      : say`Closed the window too early? *I did not see it* ends this code. It was the last of ${mintsPerApproval}: you will need a new request.`,
  requested: (): Markup => say`There is no code yet: the request is being checked.`,
  waiting: (): Markup => say`There is no code yet: nobody has approved the request.`,
  approved: (): Markup => say`There is no code now. Close this and press *Show my code* on the card.`,
  ending: (): Markup =>
    say`This code is being ended, so it does not work. Your card will say what comes next.`,
  ended: {
    refused: () => say`There is no code: the request was refused.`,
    denied: () => say`There is no code: the request was denied.`,
    withdrawn: () => say`There is no code: the request was withdrawn.`,
    'timed-out': () => say`There is no code: nobody decided in time.`,
    stopped: () => say`The pass was stopped with *Not me*, so its code does not work.`,
    'never-claimed': () => say`There is no code: the pass was not opened in time.`,
    'mints-used-up': () =>
      say`No more codes can be made under this approval. Call the helpdesk for a new one.`,
    used: () =>
      say`The code was used for a sign-in, and it works once. If that was not you, call security now. If it was, add your new method within 10 minutes of it.`,
    expired: () =>
      say`The time of the pass is over, so its code does not work. Call the helpdesk for a new one.`,
    revoked: () => say`The pass was revoked, so its code does not work. Call the helpdesk.`,
  } satisfies Readonly<Record<Outcome, () => Markup>>,
} as const
