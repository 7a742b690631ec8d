import type { Lease } from '../../exception/fact.ts'
import { clockTime } from '../clock.ts'
import { say, type Markup } from '../markup.ts'
import { worksUntil } from './story.ts'
import { wayOf, type Opens } from './ways.ts'

/** The message that holds the code, where the policy wants one. `removedAt` in epoch milliseconds. */
export const codeMessageText = {
  push: (removedAt: number, opens: Opens): Markup =>
    say`Your ${wayOf(opens).thing} comes in this message, which is removed at ${clockTime(removedAt)}.`,
  coming: (opens: Opens): Markup =>
    say`Your ${wayOf(opens).thing} is being put here. If nothing comes, press the button on your card again.`,
  until: (lease: Lease, removedAt: number, opens: Opens): Markup =>
    say`${wayOf(opens).lasts(worksUntil(lease, removedAt))} Removed from here at ${clockTime(removedAt)}.`,
  caution: (): Markup =>
    say`*Nobody from IT will ask for this code.* If somebody does, press *Not me* on your card.`,
  sent: (removedAt: number, opens: Opens): Markup =>
    say`*Your ${wayOf(opens).thing} is in the newest message from Hallpass,* until ${clockTime(removedAt)}. Then the message is removed. You can close this.`,
  standsBelow: (removedAt: number): Markup => say`It is in the message below until ${clockTime(removedAt)}.`,
  removed: (): Markup => say`The code that was here was taken out. Your card above says where it stands.`,
} as const
