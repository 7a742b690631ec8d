import type { PersonProblem } from '../../people/people.ts'
import { say, type Markup } from '../markup.ts'

/** Why a Slack account is not taken for a person of the directory: what is wrong, then what to do. */
export const personProblems: Readonly<Record<PersonProblem, (who: string) => Markup>> = {
  bot: (who) => say`${who}: this is a bot, not a person. Name a person.`,
  guest: (who) =>
    say`${who}: guests can neither get a pass nor decide on one. Their own organisation has to help.`,
  deactivated: (who) => say`${who}: this Slack account is deactivated. Check whom you mean.`,
  foreign: (who) => say`${who}: this account belongs to another Slack workspace. Name somebody of this one.`,
  'unknown-account': (who) => say`${who}: Slack knows no such account. Choose the person from the list.`,
  'mail-missing': (who) =>
    say`${who}: this Slack account shows no e-mail address, so it can’t be matched with the directory. A Slack administrator can mend that.`,
  'mail-unconfirmed': (who) =>
    say`${who}: the e-mail address of this Slack account is not confirmed. Confirm it in Slack, then try again.`,
  'not-in-directory': (who) =>
    say`${who}: the directory has nobody with the e-mail address of this Slack account. Have the address corrected in Slack or in the directory.`,
  ambiguous: (who) =>
    say`${who}: several people of the directory have this e-mail address. Have the directory corrected first.`,
  'directory-disabled': (who) =>
    say`${who}: this account is disabled in the directory. Have it enabled first, then try again.`,
  'binding-changed': (who) =>
    say`${who}: this Slack account now leads to somebody else in the directory than before. Security has to look at it first.`,
}

/** What stands where a name would, at the beginning of a sentence or inside it. */
export const nameless = { unknown: 'somebody who could not be looked up' } as const
