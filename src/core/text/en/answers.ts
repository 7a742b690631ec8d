import type { Admitted } from '../answers.ts'
import { clockTime } from '../clock.ts'
import { say, type Markup } from '../markup.ts'
import { names } from './story.ts'

/** Short answers that only one person sees. */
export const answerText = {
  recordedWaiting: (displayId: string, { asked, until, requestedAt }: Admitted): Markup =>
    say`*Recorded, ${displayId}.* Asked: ${names(asked)}, until ${clockTime(until, requestedAt)}.`,
  recordedLater: (displayId: string): Markup =>
    say`*Recorded, ${displayId}.* It is still being checked; the answer comes here.`,
  nothingRecorded: {
    silent: (service: string): Markup =>
      say`*Nothing was recorded.* ${service} does not answer. Try again in a few minutes; if it is urgent, call security.`,
    refuses: (service: string): Markup =>
      say`*Nothing was recorded.* ${service} refuses Hallpass. Tell whoever runs Hallpass; if it is urgent, call security.`,
    unexpected: (): Markup =>
      say`*Nothing was recorded.* Hallpass made a mistake. Try again in a minute, then tell whoever runs Hallpass; if it is urgent, call security.`,
  },
  conflict: (subject: string): Markup => say`*There is one already for ${subject}.*`,
  conflictNext: (command: string, displayId: string): Markup =>
    say`\`${command} status ${displayId}\` shows it. \`${command} revoke ${displayId} reason\` ends it; then ask again.`,
  conflictEnding: (): Markup => say`Ask again in a few seconds.`,
  conflictEnded: (): Markup => say`It is still being filed; ask again in a few seconds.`,
  nothingListed: (): Markup => say`Nothing here.`,
  more: (count: number): Markup => say`and ${count} more`,
  statusTitle: (displayId: string, subject: string): string => `${displayId}: a pass for ${subject}`,
  followUpOpen: (subject: string, reminders: number): Markup =>
    say`${subject} has not registered a new sign-in method yet; reminders sent: ${reminders}.`,
  followUpOpenPhone: (subject: string, reminders: number): Markup =>
    say`${subject} has not said yet that the phone is back; reminders sent: ${reminders}.`,
  followUpClosed: (): Markup => say`The reminders are over.`,
} as const

/** What a command can do, one line each. */
export const helpCardText = {
  title: 'Temporary passes',
  intro: (): Markup =>
    say`A pass lets somebody who lost their second factor sign in once. You ask, a second person approves, the person sees the code once, and it ends by itself.`,
  lines: (command: string): readonly Markup[] => [
    say`\`${command} @person 1h INC123 lost the phone\` asks for a pass`,
    say`\`${command}\` opens a form for the same`,
    say`\`${command} list\` shows what you asked for and what is for you, \`${command} list open\` (security) what is open now`,
    say`\`${command} status TAP-7F3K-Q2MD\` or \`${command} status @person\` shows where it stands`,
    say`\`${command} revoke TAP-7F3K-Q2MD reason\` ends it at once`,
  ],
  push: (command: string): Markup => say`What ${command} can do.`,
} as const
