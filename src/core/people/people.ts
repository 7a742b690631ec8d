import type { Result } from '../result.ts'
import type { Person, SlackAccount } from './person.ts'

/** A person of the directory, and the Slack account that was proven to be theirs. */
export type Known = { readonly person: Person; readonly account: SlackAccount }

/** Why a Slack account is nobody that Hallpass deals with. Codes are stable. */
export type PersonProblem =
  | 'unknown-account'
  | 'bot'
  | 'deactivated'
  | 'foreign'
  | 'guest'
  | 'mail-missing'
  | 'mail-unconfirmed'
  | 'not-in-directory'
  | 'ambiguous'
  | 'directory-disabled'
  | 'binding-changed'

/** Fraud may be reported by and about people whose account is disabled: a report may be why it is. */
export type Also = 'disabled'

/** Who is who between Slack and the directory. Methods reject when Slack, the directory or the bindings do not answer. */
export type People = {
  /** The person behind a Slack user id of the own workspace. */
  resolve(slackUser: string, also?: Also): Promise<Result<Known, PersonProblem>>
  /** The person behind an e-mail address that somebody typed. */
  resolveMail(mail: string, also?: Also): Promise<Result<Known, PersonProblem>>
  /** The person's Slack account, if it would be accepted were it to act now. */
  accountOf(person: Person): Promise<SlackAccount | undefined>
}
