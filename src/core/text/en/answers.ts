import type { Recorded } from '../answers.ts'
import type { KnownState } from '../../exception/state.ts'
import { allKinds, kinds, type Kind } from '../../kinds.ts'
import { say, type Markup } from '../markup.ts'
import { aNounOf, kindWords, sampleId } from './kinds.ts'
import { names } from './story.ts'

/** Short answers that only one person sees. */
export const answerText = {
  recordedWaiting: ({ id, subject }: Recorded, asked: string): Markup =>
    say`*Recorded, ${id}, for ${subject}.* Asked: ${names(asked)}.`,
  recordedLater: ({ id, subject }: Recorded): Markup =>
    say`*Recorded, ${id}, for ${subject}.* It is still being checked; the answer comes here.`,
  nothingRecorded: {
    silent: (service: string): Markup =>
      say`*Nothing was recorded.* ${service} does not answer. Try again in a few minutes; if it is urgent, call security.`,
    refuses: (service: string): Markup =>
      say`*Nothing was recorded.* ${service} refuses Hallpass. Tell whoever runs Hallpass; if it is urgent, call security.`,
    unexpected: (): Markup =>
      say`*Nothing was recorded.* Hallpass made a mistake. Try again in a minute, then tell whoever runs Hallpass; if it is urgent, call security.`,
  },
  pending: (displayId: string): Markup => say`*Somebody has asked for more time already, ${displayId}.*`,
  conflict: (subject: string): Markup => say`*There is one already for ${subject}.*`,
  conflictNext: (command: string, displayId: string): Markup =>
    say`\`${command} status ${displayId}\` shows it. \`${command} revoke ${displayId} reason\` ends it; then ask again.`,
  conflictEnding: (): Markup => say`Ask again in a few seconds.`,
  conflictEnded: (): Markup => say`It is still being filed; ask again in a few seconds.`,
  nothingListed: (): Markup => say`Nothing here.`,
  more: (count: number): Markup => say`and ${count} more`,
  statusTitle: (displayId: string, state: KnownState): string =>
    `${displayId}: ${aNounOf(state)} for ${state.request.subjectName}`,
  followUpOpen: (subject: string, reminders: number): Markup =>
    say`${subject} has not registered a new sign-in method yet; reminders sent: ${reminders}.`,
  followUpOpenPhone: (subject: string, reminders: number): Markup =>
    reminders === 0
      ? say`${subject} is not asked yet whether the phone is back.`
      : say`${subject} was asked whether the phone is back, and has not answered yet.`,
  followUpClosed: (): Markup => say`The follow-up is over.`,
} as const

/** What a command can do, one line each. */
export const helpCardText = {
  lines: (kind: Kind, command: string, applications: readonly string[]): readonly Markup[] => [
    say`\`${command} ${kindWords[kind].help.request(applications[0] ?? 'vpn')}\` asks for a ${kindWords[kind].noun}`,
    ...(applications.length > 1 ? [say`After *for*: ${applications.join(', ')}`] : []),
    say`\`${command}\` opens a form for the same`,
    say`\`${command} list\` shows what you asked for and what is for you, \`${command} list open\` (security) what is open now`,
    say`\`${command} status ${sampleId(kind)}\` or \`${command} status @person\` shows where it stands`,
    say`\`${command} extend ${sampleId(kind)} ${kindWords[kind].help.more} reason\` asks for more time for one that is out`,
    say`\`${command} revoke ${sampleId(kind)} reason\` ends it at once`,
    ...practice(kind, command),
    say`\`${command} system\` (security) shows how Hallpass itself is`,
  ],
  push: (command: string): Markup => say`What ${command} can do.`,
} as const

/** The kinds that are said after this one's command, which are there for practice. */
function practice(kind: Kind, command: string): readonly Markup[] {
  return allKinds.flatMap((one) => {
    const { said } = kinds[one]
    if (said?.after !== kind) return []
    const how = `${command} ${said.word} ${kindWords[one].help.request('')}`
    return [say`\`${how}\` is the same for practice, with a code that opens nothing`]
  })
}
