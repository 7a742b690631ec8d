import type { PersonProblem } from '../../people/people.ts'
import { say, type Markup } from '../markup.ts'

/** What is said to the person whose account it is, and to somebody who named the person; `who` begins a sentence. */
type Says = { readonly you: Markup; readonly they: (who: string) => Markup }

/** Why a Slack account is not taken for a person of the directory: what is wrong, then what to do. */
export const personProblems: Readonly<Record<PersonProblem, Says>> = {
  bot: {
    you: say`A bot can’t use Hallpass. A person has to.`,
    they: (who) => say`${who} is a bot. Choose a person.`,
  },
  guest: {
    you: say`You are a guest here, and guests can neither be let in nor decide about it. Your own organisation has to help.`,
    they: (who) =>
      say`${who} is a guest here, and guests can neither be let in nor decide about it. Their own organisation has to help.`,
  },
  deactivated: {
    you: say`Your Slack account is deactivated. A Slack administrator can change that.`,
    they: (who) => say`${who} has a deactivated Slack account. Check whom you mean.`,
  },
  foreign: {
    you: say`Your account belongs to another Slack workspace. Use Hallpass from an account of this one.`,
    they: (who) => say`${who} belongs to another Slack workspace. Choose somebody of this one.`,
  },
  'unknown-account': {
    you: say`Slack does not know your account. Sign in to Slack again, then try once more.`,
    they: (who) => say`${who} is not known to Slack. Type @ and choose the person from the list.`,
  },
  'mail-missing': {
    you: say`Your Slack account shows no e-mail address, so you can’t be found in the directory. A Slack administrator can mend that.`,
    they: (who) =>
      say`${who} shows no e-mail address in Slack, and so can’t be found in the directory. A Slack administrator can mend that.`,
  },
  'mail-unconfirmed': {
    you: say`Your e-mail address in Slack is not confirmed. Confirm it in Slack, then try again.`,
    they: (who) =>
      say`${who} has not confirmed the e-mail address in Slack. That has to be done in Slack first; then ask again.`,
  },
  'not-in-directory': {
    you: say`The directory has nobody with the e-mail address of your Slack account. Have the address corrected in Slack or in the directory.`,
    they: (who) =>
      say`${who} has an e-mail address in Slack that nobody in the directory has. Have it corrected in Slack or in the directory, then ask again.`,
  },
  ambiguous: {
    you: say`Several people in the directory have your e-mail address. Have the directory corrected first.`,
    they: (who) =>
      say`${who} has an e-mail address that several people in the directory have. Have the directory corrected, then ask again.`,
  },
  'directory-disabled': {
    you: say`Your account is disabled in the directory. If fraud was reported about you, security gives it back; otherwise have it enabled, then try again.`,
    they: (who) =>
      say`${who} has a disabled account in the directory. If fraud was reported about them, security gives it back; otherwise have it enabled, then ask again.`,
  },
  'binding-changed': {
    you: say`Your Slack account leads to another person in the directory than before. Security has to look at it first.`,
    they: (who) =>
      say`${who} has a Slack account that leads to another person in the directory than before. Security has to look at it first.`,
  },
}

/** What stands where a name would, at the beginning of a sentence or inside it. */
export const nameless = {
  gone: 'somebody who is not in the directory any more',
  unknown: 'somebody who could not be looked up',
  operator: 'whoever runs Hallpass',
} as const
