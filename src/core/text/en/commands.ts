import { say, type Markup } from '../markup.ts'

/** Answers to commands and presses that only one person sees. */
export const commandText = {
  you: 'You',
  they: 'This person',
  choose: 'Choose one.',
  sayWhy: 'Say why.',
  listOwn: 'Your exceptions',
  listOpen: 'Open now',
  statusOf: (name: string): string => `Exceptions of ${name}`,
  notAnId: (typed: string): Markup =>
    say`${typed} is not an id. Ids look like TAP-7F3K-Q2MD; \`list\` shows yours.`,
  noSuchId: (typed: string): Markup => say`There is no exception ${typed}. \`list\` shows yours.`,
  ambiguousId: (typed: string): Markup => say`${typed} is the beginning of several ids. Type more of it.`,
  notForYou: (): Markup =>
    say`Only the people of an exception, the helpdesk and security can read it. Ask one of them.`,
  onlySecurity: (): Markup => say`Only security can list everything that is open. \`list\` shows yours.`,
  linkPerson: (): Markup =>
    say`Choose the person from the list that Slack offers while you type @, so that the name is a link.`,
  reasonForRevoke: (): Markup => say`Say why: \`revoke TAP-7F3K-Q2MD reason\`.`,
  heard: (): Markup => say`*Recorded.* The card shows what follows.`,
  late: (): Markup => say`Not confirmed yet. The card will show it.`,
  carriedOutSoon: (): Markup =>
    say`*Recorded.* The pass is being ended now, within seconds. You and security get a message when it is done.`,
  noSuchCard: (): Markup => say`Hallpass does not know this card any more. \`list\` shows what there is.`,
  unrecorded: (): Markup =>
    say`*Nothing was recorded.* Hallpass can’t be reached inside. Try again in a minute; if it is urgent, call security.`,
  working: (): Markup => say`One moment.`,
  tooSlow: (): Markup => say`Slack gave up waiting before the form could open. Press or type it once more.`,
} as const
