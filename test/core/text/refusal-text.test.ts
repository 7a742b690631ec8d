import { describe, expect, it } from 'vitest'
import type { Refusal, RefusalCode } from '../../../src/core/refusal.ts'
import { refusalText } from '../../../src/core/text/refusal-text.ts'

const every: { readonly [Code in RefusalCode]: Extract<Refusal, { readonly code: Code }> } = {
  'no-rule': { code: 'no-rule' },
  'rule-refuses': { code: 'rule-refuses', says: 'Administrators use their own <recovery> keys' },
  'not-three-people': { code: 'not-three-people' },
  'subject-disabled': { code: 'subject-disabled' },
  'subject-guest': { code: 'subject-guest' },
  'requester-disabled': { code: 'requester-disabled' },
  privileged: { code: 'privileged' },
  'too-long': { code: 'too-long', longest: 28_800 },
  'provider-range': { code: 'provider-range', shortest: 600, longest: 28_800 },
  'provider-off': { code: 'provider-off' },
  'provider-refuses': { code: 'provider-refuses', says: 'policy-disabled' },
  'no-approver': { code: 'no-approver' },
  'unknown-application': { code: 'unknown-application' },
  'no-user-name': { code: 'no-user-name' },
  'shared-user-name': { code: 'shared-user-name' },
  'foreign-pass': { code: 'foreign-pass' },
  'reason-too-short': { code: 'reason-too-short', atLeast: 10 },
  'ticket-missing': { code: 'ticket-missing' },
  'ticket-format': { code: 'ticket-format' },
  'unknown-policy': { code: 'unknown-policy' },
  unverified: { code: 'unverified' },
  'own-request': { code: 'own-request' },
  'own-exception': { code: 'own-exception' },
  'not-an-approver': { code: 'not-an-approver' },
  'not-the-subject': { code: 'not-the-subject' },
  'not-the-requester': { code: 'not-the-requester' },
  'not-allowed': { code: 'not-allowed' },
  'not-waiting': { code: 'not-waiting' },
  'not-approved': { code: 'not-approved' },
  'not-shown': { code: 'not-shown' },
  over: { code: 'over' },
  'claim-late': { code: 'claim-late' },
  'claim-stale': { code: 'claim-stale' },
  'used-up': { code: 'used-up' },
  'attempt-seen': { code: 'attempt-seen' },
  'attempt-lost': { code: 'attempt-lost' },
  'not-delivered': { code: 'not-delivered' },
  'case-open': { code: 'case-open' },
  'security-only': { code: 'security-only' },
  'own-case': { code: 'own-case' },
  'own-report': { code: 'own-report' },
  'second-person': { code: 'second-person' },
  'took-part': { code: 'took-part' },
  'not-made-safe': { code: 'not-made-safe' },
  'nothing-to-agree': { code: 'nothing-to-agree' },
  'one-already': { code: 'one-already' },
  'enough-refusals': { code: 'enough-refusals' },
  'extend-used': { code: 'extend-used' },
  'extend-none': { code: 'extend-none' },
  'extend-pending': { code: 'extend-pending' },
  'extend-enough': { code: 'extend-enough' },
  'extend-shorter': { code: 'extend-shorter' },
  replaced: { code: 'replaced' },
  'not-now': { code: 'not-now', service: 'graph' },
  'to-be-mended': { code: 'to-be-mended', service: 'graph' },
}

describe('a refusal', () => {
  it('says what is wrong and what to do, for every code', () => {
    const says = Object.values(every).map(
      (refusal) =>
        `${refusal.code}: ${refusalText(refusal, { subject: 'Dana Cruz', requester: 'Hanna Weiss' }).mrkdwn}`,
    )
    expect(says).toMatchInlineSnapshot(`
      [
        "no-rule: No rule of the policy lets you ask for this. Ask the helpdesk to do it; whoever keeps the policy can change who may.",
        "rule-refuses: The policy says: “Administrators use their own &lt;recovery&gt; keys”.",
        "not-three-people: Nobody can ask for themselves: somebody else of the helpdesk has to.",
        "subject-disabled: Dana Cruz has a disabled account. Have it enabled in the directory, then ask again.",
        "subject-guest: Dana Cruz is a guest, and guests are not let in this way. Their own organisation has to help.",
        "requester-disabled: The account of the person who asks is disabled. Somebody else has to ask.",
        "privileged: Dana Cruz is an administrator, and administrators are not let in this way. Call security.",
        "too-long: The policy allows at most 8 hours here. Ask for less.",
        "provider-range: Only 10 minutes to 8 hours can be given here. Ask for a time within that.",
        "provider-off: Temporary passes are switched off in Microsoft Entra. An administrator has to switch them on.",
        "provider-refuses: Dana Cruz may have no temporary pass by the settings of Microsoft Entra. An administrator can change that in the authentication methods.",
        "no-approver: Dana Cruz has nobody who can approve: no manager in the directory, and nobody in the groups of the policy. Have that mended, then ask again.",
        "unknown-application: The policy names no such application. The form offers those that it names.",
        "no-user-name: Dana Cruz has no user name for this application in the directory. Have it entered there, then ask again.",
        "shared-user-name: Somebody else in the directory has the e-mail address of Dana Cruz, which this application goes by. Have it mended there, then ask again.",
        "foreign-pass: Dana Cruz has one already that was not made for this request, and it is not overwritten. Have it ended where it was made, such as in Microsoft Entra, then ask again.",
        "reason-too-short: The reason needs at least 10 characters. Say what happened.",
        "ticket-missing: A ticket number is needed here. Add it and ask again.",
        "ticket-format: This is not a ticket number as the policy wants it. Check it and ask again.",
        "unknown-policy: The policy has changed since this was asked. Ask again.",
        "unverified: This message is not signed by Hallpass, so it counts for nothing. Tell security.",
        "own-request: You asked for it, so somebody else has to decide.",
        "own-exception: It is for you, so somebody else has to decide.",
        "not-an-approver: You are not one of the people who can decide this. The card names them.",
        "not-the-subject: Only Dana Cruz can do this: it is for Dana Cruz.",
        "not-the-requester: Only Hanna Weiss can withdraw it. Whoever is asked to approve can deny it instead, with a reason.",
        "not-allowed: You may not do this here. Ask the helpdesk or security to do it.",
        "not-waiting: This request does not wait for a decision any more. Its card says where it stands.",
        "not-approved: There is nothing approved to open now. The card says where it stands.",
        "not-shown: Nothing is out that could be replaced. Your card says where it stands.",
        "over: This is over already. Its card says how it ended.",
        "claim-late: The time to open it is over. Call the helpdesk for a new one.",
        "claim-stale: That took too long, so nothing was made. Press the button on your card again.",
        "used-up: No more can be made under this approval. Call the helpdesk for a new one.",
        "attempt-seen: This press was taken already. Press the button on your card again if you saw nothing.",
        "attempt-lost: That took too long, so nothing was made. Press the button on your card again.",
        "not-delivered: What was made could not be shown, so it was ended. Press the button on your card again.",
        "case-open: Somebody reported fraud about Dana Cruz, so nothing is opened for them now. Security decides when that is over: ask there.",
        "security-only: Only security can do this. You can add what you know with a note.",
        "own-case: This case is about you, so somebody else of security has to do it.",
        "own-report: You reported this, so somebody else of security has to agree.",
        "second-person: You asked for this yourself. A second person of security has to agree.",
        "took-part: You asked for or approved an exception in this case, so somebody else of security has to agree.",
        "not-made-safe: First make the way back in safe: have a new password set, and go through the sign-in methods with the person. Then say so in the form.",
        "nothing-to-agree: There is nothing to agree to any more. The card says where the case stands.",
        "one-already: Dana Cruz has one already, or a request for one, that is not over. Ask the helpdesk or security about it.",
        "enough-refusals: You were told no several times, so further tries are not taken. Talk to the helpdesk or security.",
        "extend-used: It works once and was used, so nobody can give it more time. Still locked out? Ask for a new one.",
        "extend-none: Nothing is out that could be given more time. Its card says where it stands. Needed all the same? Ask for a new one.",
        "extend-pending: Somebody has asked for more time already. The card of that request says who decides.",
        "extend-enough: It was given more time as often as it can be. Ask for a new one.",
        "extend-shorter: That would end no later than it does already, so nothing was changed. Ask for a longer time.",
        "replaced: A newer one took its place. Do it on the card of that one.",
        "not-now: Microsoft Entra does not answer, so nothing was done. Try again in a few minutes.",
        "to-be-mended: Microsoft Entra refuses Hallpass, or does not know a group or a person that the policy names. Nothing was done. Tell whoever runs Hallpass: its log says which.",
      ]
    `)
  })

  it('says what the provider has against it', () => {
    const problems = [
      'lifetime',
      'policy-disabled',
      'external-guest',
      'forbidden',
      'not-found',
      'unexpected',
    ] as const
    expect(
      problems.map(
        (says) => refusalText({ code: 'provider-refuses', says }, { subject: 'Dana Cruz' }).mrkdwn,
      ),
    ).toMatchInlineSnapshot(`
      [
        "Microsoft Entra does not accept this length. Ask again with another one.",
        "Dana Cruz may have no temporary pass by the settings of Microsoft Entra. An administrator can change that in the authentication methods.",
        "Dana Cruz is a guest in Microsoft Entra, and guests get no pass. Their own organisation has to help.",
        "Microsoft Entra does not let Hallpass make a pass. Whoever runs Hallpass has to grant it the permission.",
        "Dana Cruz is not known to Microsoft Entra any more. Check the account in the directory.",
        "Microsoft Entra said no without a reason that is known here. Whoever runs Hallpass finds it in Entra’s audit log.",
      ]
    `)
  })

  it('quotes the policy with one full stop', () => {
    expect(refusalText({ code: 'rule-refuses', says: 'Call security.' }).mrkdwn).toBe(
      'The policy says: “Call security”.',
    )
  })

  it('says of what there is no more time to give', () => {
    expect(refusalText({ code: 'extend-used' }, { about: 'TAP-7F3K-Q2MD' }).mrkdwn).toMatch(
      /^TAP-7F3K-Q2MD works once and was used/,
    )
  })

  it('reads well when no name is known', () => {
    expect(refusalText({ code: 'privileged' }).mrkdwn).toBe(
      'This person is an administrator, and administrators are not let in this way. Call security.',
    )
    expect(refusalText({ code: 'not-the-subject' }).mrkdwn).toBe(
      'Only the person whom it is for can do this.',
    )
    expect(refusalText({ code: 'not-the-requester' }).mrkdwn).toContain(
      'Only the person who asked can withdraw it.',
    )
  })
})
