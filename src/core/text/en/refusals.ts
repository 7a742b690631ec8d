import { sayDuration } from '../../duration.ts'
import type { ProviderProblem, Refusal, RefusalCode } from '../../refusal.ts'
import { quoted, say, type Markup } from '../markup.ts'
import { serviceNames } from './labels.ts'

/** Names that a refusal may speak of, as far as they are known. */
export type RefusalNames = {
  readonly subject?: string
  readonly requester?: string
  /** The id that people read of what the refusal is about. */
  readonly about?: string
}

const tooLong = say`That took too long, so nothing was made. Press the button on your card again.`

/** At the beginning of a sentence, where the name is not known. */
const someone = 'This person'

type RefusalOf = { readonly [Code in RefusalCode]: Extract<Refusal, { readonly code: Code }> }

/** A refusal of one of these codes; written so that a code and its payload stay together in a table. */
export type RefusalWith<Code extends RefusalCode> = {
  readonly [Each in Code]: { readonly code: Each } & RefusalOf[Each]
}[Code]

const providerSays: Readonly<Record<ProviderProblem, (subject: string) => Markup>> = {
  lifetime: () => say`Microsoft Entra does not accept this length. Ask again with another one.`,
  'policy-disabled': (subject) =>
    say`${subject} may have no temporary pass by the settings of Microsoft Entra. An administrator can change that in the authentication methods.`,
  'external-guest': (subject) =>
    say`${subject} is a guest in Microsoft Entra, and guests get no pass. Their own organisation has to help.`,
  forbidden: () =>
    say`Microsoft Entra does not let Hallpass make a pass. Whoever runs Hallpass has to grant it the permission.`,
  'not-found': (subject) =>
    say`${subject} is not known to Microsoft Entra any more. Check the account in the directory.`,
  unexpected: () =>
    say`Microsoft Entra said no without a reason that is known here. Whoever runs Hallpass finds it in Entra’s audit log.`,
}

/** Every refusal: what is wrong, then what to do. */
export const refusals: {
  readonly [Code in RefusalCode]: (refusal: RefusalWith<Code>, names: RefusalNames) => Markup
} = {
  'no-rule': () =>
    say`No rule of the policy lets you ask for this. Ask the helpdesk to do it; whoever keeps the policy can change who may.`,
  'rule-refuses': ({ says }) => say`The policy says: “${quoted(says.replace(/\.$/u, ''), 200)}”.`,
  'not-three-people': () => say`Nobody can ask for themselves: somebody else of the helpdesk has to.`,
  'subject-disabled': (_, { subject = someone }) =>
    say`${subject} has a disabled account. Have it enabled in the directory, then ask again.`,
  'subject-guest': (_, { subject = someone }) =>
    say`${subject} is a guest, and guests are not let in this way. Their own organisation has to help.`,
  'requester-disabled': () => say`The account of the person who asks is disabled. Somebody else has to ask.`,
  privileged: (_, { subject = someone }) =>
    say`${subject} is an administrator, and administrators are not let in this way. Call security.`,
  'too-long': ({ longest }) => say`The policy allows at most ${sayDuration(longest)} here. Ask for less.`,
  'provider-range': ({ shortest, longest }) =>
    say`Only ${sayDuration(shortest)} to ${sayDuration(longest)} can be given here. Ask for a time within that.`,
  'provider-off': () =>
    say`Temporary passes are switched off in Microsoft Entra. An administrator has to switch them on.`,
  'provider-refuses': ({ says }, { subject = someone }) => providerSays[says](subject),
  'no-approver': (_, { subject = someone }) =>
    say`${subject} has nobody who can approve: no manager in the directory, and nobody in the groups of the policy. Have that mended, then ask again.`,
  'unknown-application': () =>
    say`The policy names no such application. The form offers those that it names.`,
  'no-user-name': (_, { subject = someone }) =>
    say`${subject} has no user name for this application in the directory. Have it entered there, then ask again.`,
  'shared-user-name': (_, { subject = someone }) =>
    say`Somebody else in the directory has the e-mail address of ${subject}, which this application goes by. Have it mended there, then ask again.`,
  'foreign-pass': (_, { subject = someone }) =>
    say`${subject} has one already that was not made for this request, and it is not overwritten. Have it ended where it was made, such as in Microsoft Entra, then ask again.`,
  'reason-too-short': ({ atLeast }) =>
    say`The reason needs at least ${atLeast} characters. Say what happened.`,
  'ticket-missing': () => say`A ticket number is needed here. Add it and ask again.`,
  'ticket-format': () => say`This is not a ticket number as the policy wants it. Check it and ask again.`,
  'unknown-policy': () => say`The policy has changed since this was asked. Ask again.`,
  unverified: () => say`This message is not signed by Hallpass, so it counts for nothing. Tell security.`,
  'own-request': () => say`You asked for it, so somebody else has to decide.`,
  'own-exception': () => say`It is for you, so somebody else has to decide.`,
  'not-an-approver': () => say`You are not one of the people who can decide this. The card names them.`,
  'not-the-subject': (_, { subject }) =>
    subject === undefined
      ? say`Only the person whom it is for can do this.`
      : say`Only ${subject} can do this: it is for ${subject}.`,
  'not-the-requester': (_, { requester = 'the person who asked' }) =>
    say`Only ${requester} can withdraw it. Whoever is asked to approve can deny it instead, with a reason.`,
  'not-allowed': () => say`You may not do this here. Ask the helpdesk or security to do it.`,
  'not-waiting': () =>
    say`This request does not wait for a decision any more. Its card says where it stands.`,
  'not-approved': () => say`There is nothing approved to open now. The card says where it stands.`,
  'not-shown': () => say`Nothing is out that could be replaced. Your card says where it stands.`,
  over: () => say`This is over already. Its card says how it ended.`,
  'claim-late': () => say`The time to open it is over. Call the helpdesk for a new one.`,
  'claim-stale': () => tooLong,
  'used-up': () => say`No more can be made under this approval. Call the helpdesk for a new one.`,
  'attempt-seen': () =>
    say`This press was taken already. Press the button on your card again if you saw nothing.`,
  'attempt-lost': () => tooLong,
  'not-delivered': () =>
    say`What was made could not be shown, so it was ended. Press the button on your card again.`,
  'one-already': (_, { subject = someone }) =>
    say`${subject} has one already, or a request for one, that is not over. Ask the helpdesk or security about it.`,
  'extend-used': (_, { about = 'It' }) =>
    say`${about} works once and was used, so nobody can give it more time. Still locked out? Ask for a new one.`,
  'extend-none': () =>
    say`Nothing is out that could be given more time. Its card says where it stands. Needed all the same? Ask for a new one.`,
  'extend-pending': () =>
    say`Somebody has asked for more time already. The card of that request says who decides.`,
  'extend-enough': () => say`It was given more time as often as it can be. Ask for a new one.`,
  'extend-shorter': () =>
    say`That would end no later than it does already, so nothing was changed. Ask for a longer time.`,
  replaced: () => say`A newer one took its place. Do it on the card of that one.`,
  'enough-refusals': () =>
    say`You were told no several times, so further tries are not taken. Talk to the helpdesk or security.`,
  'case-open': (_, { subject = someone }) =>
    say`Somebody reported fraud about ${subject}, so nothing is opened for them now. Security decides when that is over: ask there.`,
  'security-only': () => say`Only security can do this. You can add what you know with a note.`,
  'own-case': () => say`This case is about you, so somebody else of security has to do it.`,
  'own-report': () => say`You reported this, so somebody else of security has to agree.`,
  'second-person': () => say`You asked for this yourself. A second person of security has to agree.`,
  'took-part': () =>
    say`You asked for or approved an exception in this case, so somebody else of security has to agree.`,
  'not-made-safe': () =>
    say`First make the way back in safe: have a new password set, and go through the sign-in methods with the person. Then say so in the form.`,
  'nothing-to-agree': () => say`There is nothing to agree to any more. The card says where the case stands.`,
  'to-be-mended': ({ service }) =>
    say`${serviceNames[service]} refuses Hallpass, or does not know a group or a person that the policy names. Nothing was done. Tell whoever runs Hallpass: its log says which.`,
  'not-now': ({ service }) =>
    say`${serviceNames[service]} does not answer, so nothing was done. Try again in a few minutes.`,
}
