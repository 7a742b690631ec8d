import { ruledKinds, type Kind } from '../../kinds.ts'
import { say, type Markup } from '../markup.ts'
import { kindWords, sampleId } from './kinds.ts'

const sampleIds = ruledKinds.map(sampleId).join(' or ')

/** Answers to commands and presses that only one person sees. `command` with its slash. */
export const commandText = {
  you: 'You',
  they: 'This person',
  withMail: (address: string): string => `The person with ${address}`,
  choose: 'Choose one.',
  sayWhy: 'Say why.',
  listOwn: 'Your exceptions',
  listOpen: 'Open now',
  statusOf: (name: string): string => `Exceptions for ${name}`,
  notAnId: (typed: string, command: string): Markup =>
    // Slack sends somebody's name as an id that nobody typed.
    typed.startsWith('@')
      ? say`Name it by its id, like ${sampleIds}; \`${command} status @person\` shows which there are.`
      : say`${typed} is not an id. Ids look like ${sampleIds}; \`${command} list\` shows yours.`,
  noSuchId: (typed: string, command: string): Markup =>
    say`There is no ${typed}. \`${command} list\` shows yours.`,
  ambiguousId: (typed: string): Markup => say`${typed} is the beginning of several ids. Type more of it.`,
  noPractice: (typed: string, command: string): Markup =>
    say`*Nothing was done:* ${typed} is no drill, and \`${command}\` is for drills only. \`${command} list\` shows which there are.`,
  noDrill: (kind: Kind, practice: Kind, command: string): Markup =>
    say`*This is no drill: it asks for a real ${kindWords[kind].noun}.* For practice, type \`${command} ${kindWords[practice].help.request('')}\`.`,
  notForYou: (): Markup =>
    say`Only the people it is about, the helpdesk and security can read this. Ask one of them.`,
  onlySecurity: (command: string): Markup =>
    say`Only security can list everything that is open. \`${command} list\` shows yours.`,
  linkPerson: (): Markup =>
    say`Slack did not link that name, so it could be anybody. Type @ and choose the person from the list.`,
  unknownMail: (address: string): Markup =>
    say`Slack knows nobody with the address ${address}. Check it, or type @ and choose the person from the list.`,
  reasonForRevoke: (command: string, typed: string): Markup =>
    say`Say why: \`${command} revoke ${typed} reason\`.`,
  howToExtend: (command: string, kind: Kind): Markup =>
    say`Say which one, for how long and why: \`${command} extend ${sampleId(kind)} ${kindWords[kind].help.more} reason\`.`,
  takenAsReason: (typed: string, command: string): Markup =>
    say`“${typed}” is no word of ${command}, so it was taken as the reason. \`${command} help\` shows the words.`,
  heard: (standing = say`The card shows what follows.`): Markup => say`*Recorded.* ${standing}`,
  late: (): Markup =>
    say`*Not confirmed yet.* It counts as soon as the card shows it. Nothing there after a minute? Do it once more.`,
  carriedOutSoon: (): Markup =>
    say`*Recorded.* It is being ended now, within seconds. You and security get a message when it is done.`,
  judgedSoon: (): Markup =>
    say`*Recorded.* Whether you may end it is being checked. A message says what was done, within seconds.`,
  noSuchCard: (command: string): Markup =>
    say`Hallpass does not know this card any more. \`${command} list\` shows what there is.`,
  working: (): Markup => say`One moment.`,
  tooSlow: (): Markup =>
    say`*Nothing has happened yet.* Slack gave up waiting before the window could open. Press or type it once more.`,
} as const
