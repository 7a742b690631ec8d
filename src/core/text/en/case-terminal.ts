import type { Case } from '../../fraud/state.ts'
import type { CaseOutcome, CloseBody } from '../../fraud/statement.ts'
import { utcDay, utcTime } from '../clock.ts'
import { plain } from '../markup.ts'
import { caseOutcomeWords } from './cases.ts'

/** Longest name of a person or a file within a sentence, in UTF-16 units. */
const longestName = 80
const longestFile = 400

/** What somebody reads who closes a case in a terminal: no markup, for what stands here may be copied and typed. */
export const caseTerminalText = {
  /** Where the newest facts can't be asked for. */
  fromRecords:
    'Hallpass’s engine (Temporal) does not say how the case stands. This is what its records (PostgreSQL) know; what came since may be missing.',
  you: (person: string, name: string): string =>
    `You sign as ${plain(person, longestName)}, whose key the policy has under ${plain(name, longestName)}.`,
  wish: (who: string, outcome: CaseOutcome, at: number): string =>
    `${plain(who, longestName)} wants to close it: ${caseOutcomeWords[outcome]}. Signed ${utcDay(at)}, ${utcTime(at)}.`,
  madeSafe: ({ passwordReset, methodsReviewed }: CloseBody): string =>
    `A new password was asked for: ${yesOrNo(passwordReset)}. The sign-in methods were gone through with the person: ${yesOrNo(methodsReviewed)}.`,
  askSign: 'Sign this? [yes/no] ',
  askAgree: 'Agree to just this, and sign it? [yes/no] ',
  nothingSigned: 'Nothing was signed, and nothing has changed.',
  signed: (file: string): string =>
    `Signed, and written to ${plain(file, longestFile)}. Nothing has changed yet, and nobody was told.`,
  next: (file: string): string =>
    `Next: give the file to a second person of security, who had no part in it. They run: hallpass fraud agree ${plain(file, longestFile)} --key-file <their key>`,
  sending: 'Both signatures are being handed to the case.',
  wishRefused: (who: string, because: string): string =>
    `What ${plain(who, longestName)} signed was refused: ${because} Nothing was given back.`,
  agreementRefused: (because: string): string =>
    `Your agreement was refused: ${because} Nothing was given back.`,
  /** The worker judges signatures by the policy that it was started with. */
  unverified:
    'The policy that hallpass serve was started with does not have this key for this person, so it counts for nothing, and security was told.',
  agreementVoid: (because: string): string =>
    `The account was not given back: ${because} Somebody else of security has to agree, with the same file.`,
  notYet:
    'Recorded, not confirmed yet. Run the same command again: it says what became of it, and does nothing twice.',
  temporalAway: 'Hallpass’s engine (Temporal) does not answer, so nothing was given back. Try again.',
  closed: (id: string, outcome: CaseOutcome): string => `Case ${id} is closed: ${caseOutcomeWords[outcome]}.`,
  givenBack: (unblocked: Case['unblocked']): string => {
    if (unblocked === undefined) return 'Nothing had to be given back.'
    return unblocked.is === 'done' ? 'The account was given back.' : byHand
  },
  toldLater: 'Everybody is told as soon as Slack takes messages.',
  notMadeSafe:
    'First make the way back in safe: have a new password set, and go through the sign-in methods with the person. Then say so with --password-reset and --methods-reviewed.',
  noReason: 'Say why it is closed: the reason has no words.',
  reasonTooLong: (longest: number): string => `The reason is too long: write at most ${longest} characters.`,
  unknown: 'There is no case with this id. It begins with FRD, and stands last on every card of the case.',
  ambiguous: (ids: readonly string[]): string =>
    `Several cases begin so: ${ids.join(', ')}. Type more of the id.`,
  noKey: (file: string): string =>
    `${plain(file, longestFile)} holds no signing key as \`hallpass keys person\` prints it.`,
  notInPolicy:
    'The policy has this key for nobody. It belongs under fraud, keys, with the name of its person.',
  noWish: (file: string): string =>
    `${plain(file, longestFile)} is no file that \`hallpass fraud close\` wrote.`,
  forged:
    'The person whom the file names did not sign it with the key that the policy has for them. Do not agree, and tell security.',
  isThere: (file: string): string =>
    `${plain(file, longestFile)} is there already. Nothing was signed: name another file with --out.`,
} as const

const byHand = 'Hallpass can’t give the account back. In Entra open the user, and take Block sign-in off.'

function yesOrNo(is: boolean): string {
  return is ? 'yes' : 'no'
}
