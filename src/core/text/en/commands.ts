import { say, type Markup } from '../markup.ts'

/** Answers to commands and presses that only one person sees. `command` with its slash. */
export const commandText = {
  you: 'You',
  they: 'This person',
  withMail: (address: string): string => `The person with ${address}`,
  choose: 'Choose one.',
  sayWhy: 'Say why.',
  listOwn: 'Your passes',
  listOpen: 'Open now',
  statusOf: (name: string): string => `Passes for ${name}`,
  notAnId: (typed: string, command: string): Markup =>
    say`${typed} is not an id. Ids look like TAP-7F3K-Q2MD; \`${command} list\` shows yours.`,
  noSuchId: (typed: string, command: string): Markup =>
    say`There is no pass ${typed}. \`${command} list\` shows yours.`,
  ambiguousId: (typed: string): Markup => say`${typed} is the beginning of several ids. Type more of it.`,
  notForYou: (): Markup =>
    say`Only the people of a pass, the helpdesk and security can read about it. Ask one of them.`,
  onlySecurity: (command: string): Markup =>
    say`Only security can list everything that is open. \`${command} list\` shows yours.`,
  linkPerson: (): Markup =>
    say`Slack did not link that name, so it could be anybody. Type @ and choose the person from the list.`,
  unknownMail: (address: string): Markup =>
    say`Slack knows nobody with the address ${address}. Check it, or type @ and choose the person from the list.`,
  reasonForRevoke: (command: string): Markup => say`Say why: \`${command} revoke TAP-7F3K-Q2MD reason\`.`,
  heard: (standing = say`The card shows what follows.`): Markup => say`*Recorded.* ${standing}`,
  late: (): Markup =>
    say`*Not confirmed yet.* It counts as soon as the card shows it. Nothing there after a minute? Do it once more.`,
  carriedOutSoon: (): Markup =>
    say`*Recorded.* The pass is being ended now, within seconds. You and security get a message when it is done.`,
  judgedSoon: (): Markup =>
    say`*Recorded.* Whether you may end this pass is being checked. A message says what was done, within seconds.`,
  overForGood: (): Markup => say`*It is over.*`,
  noSuchCard: (command: string): Markup =>
    say`Hallpass does not know this card any more. \`${command} list\` shows what there is.`,
  working: (): Markup => say`One moment.`,
  tooSlow: (): Markup =>
    say`*Nothing has happened yet.* Slack gave up waiting before the window could open. Press or type it once more.`,
} as const
