import { describe, expect, it } from 'vitest'
import { caseCard } from '../../../src/core/card/case.ts'
import { caseStatusCard, casesCard } from '../../../src/core/card/case-list.ts'
import { caseId } from '../fraud/given.ts'
import { caseIn, linesOf } from './case-states.ts'

const read = (name: string): string => linesOf(caseCard(caseIn(name))).join('\n')

/** What a card says that the one before it did not. */
const news = (name: string, before: string): string => {
  const old = read(before).split('\n')
  return read(name)
    .split('\n')
    .filter((line) => !old.includes(line))
    .join('\n')
}

describe('the card in security’s channel', () => {
  it('says who reported what, what is being tried, and who has to act until when', () => {
    expect(read('reported')).toMatchInlineSnapshot(`
      "Fraud was reported about Dana Cruz. Nobody has taken it yet.
      Fraud reported about Dana Cruz
      13:05 UTC *Hanna Weiss* (helpdesk): a caller who was not who they said they are
      Hanna Weiss: “Somebody called and wanted a code”
      When: Somebody called and wanted a code
      Application: Somebody called and wanted a code
      *Done at once*
      • End of open exceptions: being tried since 13:05:00 UTC
      • End of all passes: being tried since 13:05:00 UTC
      • Refusal at Hallpass’s own checks: being tried since 13:05:00 UTC
      • Account block: being tried since 13:05:00 UTC
      • Sign-out everywhere: being tried since 13:05:00 UTC
      • Report to Entra’s risk engine: being tried since 13:05:00 UTC
      • New requests for Dana Cruz are refused while the case is open
      *Nobody has taken it yet.*
      Exceptions and sign-in methods of Dana Cruz are being looked up.
      *Next:* somebody of security presses *I take it*. If nobody has by 13:15 UTC, security is told again.
      I take it
      Close
      FRD-BME7-N42F"
    `)
  })

  it('says what was done and when, who is around, and what to remove', () => {
    expect(news('all done, looked around', 'reported')).toMatchInlineSnapshot(`
      "• No exception was open, 13:05:03 UTC
      • Passes revoked, 2 of them, 13:05:03 UTC
      • Refused at Hallpass’s own checks, 13:05:03 UTC
      • Account blocked, 13:05:03 UTC
      • Signed out everywhere, 13:05:03 UTC
      • Reported to Entra’s risk engine, 13:05:03 UTC
      *Exceptions of Dana Cruz in the seven days before*
      • TAP-7F3K-0001: asked for by Hanna Weiss, approved by Sue Park
      • TAP-7F3K-0002: asked for by Hanna Weiss, approved by Sue Park
      • TAP-7F3K-0003: asked for by Hanna Weiss, approved by Sue Park
      • TAP-7F3K-0004: asked for by Hanna Weiss, approved by somebody who could not be looked up
      *Caution:* Hanna Weiss and Sue Park are in 3 of them, one who asked and one who approved.
      *Sign-in methods registered since:* Authenticator, Pixel 7; Authenticator, Pixel 7. Remove in Entra, under *Authentication methods* of the user, what Dana Cruz does not know."
    `)
  })

  it('says what waits for security, and why', () => {
    expect(news('withheld as protected', 'reported')).toMatchInlineSnapshot(`
      "• No exception was open, 13:05:03 UTC
      • Passes revoked, 2 of them, 13:05:03 UTC
      *Waits for security:* refusal at Hallpass’s own checks, account block, sign-out everywhere, report to Entra’s risk engine. Nothing locks this account out by itself: it is a break-glass account, or one of the last two of security. *Block now* does it.
      Block now"
    `)
    expect(news('withheld as too many', 'withheld as protected')).toMatchInlineSnapshot(`
      "• End of open exceptions: being tried since 13:05:00 UTC
      • End of all passes: being tried since 13:05:00 UTC
      *Waits for security:* refusal at Hallpass’s own checks, account block, sign-out everywhere, report to Entra’s risk engine. Reports by the same person have blocked several accounts within the hour. *Block now* does it."
    `)
  })

  it('says what a person has to do where Hallpass can’t', () => {
    expect(news('can’t be done', 'reported')).toMatchInlineSnapshot(`
      "• End of open exceptions: *can’t be done by Hallpass.* The application may not act on this account. End them on their own cards.
      • End of all passes: *can’t be done by Hallpass.* The application may not act on this account. In Entra open the user, *Authentication methods*, and delete the Temporary Access Pass.
      • Refusal at Hallpass’s own checks: *can’t be done by Hallpass.* The application may not act on this account. Have the user name refused where the sign-ins are checked.
      • Account block: *can’t be done by Hallpass.* The application may not act on this account. In Entra open the user, *Block sign-in*.
      • Sign-out everywhere: *can’t be done by Hallpass.* The application may not act on this account. In Entra open the user, *Revoke sessions*.
      • Report to Entra’s risk engine: *can’t be done by Hallpass.* The application may not act on this account. In Entra open *Risky users*, *Confirm user compromised*."
    `)
    expect(news('no licence', 'reported')).toMatchInlineSnapshot(
      `"• Report to Entra’s risk engine: *can’t be done by Hallpass.* Entra has no licence for it, so nothing has to be done."`,
    )
    expect(news('no account', 'reported')).toMatchInlineSnapshot(
      `"• Account block: *can’t be done by Hallpass.* Entra knows no such account. Look for it among the deleted users."`,
    )
  })

  it('says who else reported, and counts who does not fit', () => {
    expect(news('reported again', 'all done, looked around')).toMatchInlineSnapshot(`
      "13:06 UTC *Hanna Weiss* (a colleague): a message, code or pass that the person did not ask for
      13:06 UTC *Hanna Weiss* (a colleague): a message, code or pass that the person did not ask for
      13:06 UTC *Hanna Weiss* (a colleague): a message, code or pass that the person did not ask for
      13:06 UTC *Hanna Weiss* (a colleague): a message, code or pass that the person did not ask for
      and 3 more"
    `)
  })

  it('says what somebody’s word alone does not do', () => {
    expect(news('by somebody', 'reported')).toMatchInlineSnapshot(`
      "13:05 UTC *Hanna Weiss* (a colleague): a caller who was not who they said they are
      • No exception was open, 13:05:03 UTC
      • Passes revoked, 2 of them, 13:05:03 UTC
      • New requests for Dana Cruz need one more approver while the case is open"
    `)
  })

  it('says that nobody has taken it, and who has', () => {
    expect(news('not taken', 'all done, looked around')).toMatchInlineSnapshot(`
      "Fraud was reported about Dana Cruz. Nobody has taken it yet. Security was reminded 2 times.
      *Nobody has taken it yet.* Security was reminded 2 times.
      *Next:* somebody of security presses *I take it*."
    `)
    expect(news('taken', 'all done, looked around')).toMatchInlineSnapshot(`
      "Fraud was reported about Dana Cruz. Sam Reed looks after it, since 13:16 UTC.
      *Sam Reed looks after it*, since 13:16 UTC.
      2 earlier notes are in the thread.
      13:17 UTC Note by *Sam Reed*:
      “Somebody called and wanted a code”
      13:17 UTC Note by *Sam Reed*:
      “Somebody called and wanted a code”
      13:17 UTC Note by *Sam Reed*:
      “Somebody called and wanted a code”
      *Next:* Sam Reed calls Dana Cruz on the number in the directory, has a new password set, goes through the sign-in methods with Dana Cruz, then presses *Close*.
      Take over"
    `)
  })

  it('says what a second person would agree to', () => {
    expect(news('close asked', 'taken')).toMatchInlineSnapshot(`
      "*Sam Reed asked at 13:25 UTC to close it: false alarm.* Sam Reed says that a new password was asked for, and that the sign-in methods were gone through.
      Reason: “Somebody called and wanted a code”
      *Next:* a second person of security, who had no part in it, presses *Agree to unblock*.
      Agree to unblock"
    `)
    expect(news('agreed', 'close asked')).toMatchInlineSnapshot(`
      "*Sam Reed asked at 13:25 UTC to close it: false alarm.* Sam Reed says that a new password was asked for, and that the sign-in methods were gone through. Sue Park agreed at 13:30 UTC.
      *Next:* Hallpass gives the account back. Nobody has to do anything."
    `)
  })

  it('says how it ended, and what became of the account', () => {
    expect(news('closed', 'agreed')).toMatchInlineSnapshot(`
      "Fraud was reported about Dana Cruz. Closed 23 Nov 2026, 13:31 UTC: false alarm. Sam Reed asked for that. The account was given back.
      *Closed 23 Nov 2026, 13:31 UTC: false alarm.* Sam Reed asked for that. The account was given back.
      *Sam Reed asked at 13:25 UTC to close it: false alarm.* Sue Park agreed at 13:30 UTC."
    `)
    expect(news('closed, by hand', 'closed')).toMatchInlineSnapshot(`
      "Fraud was reported about Dana Cruz. Closed 23 Nov 2026, 13:31 UTC: false alarm. Sam Reed asked for that. Hallpass can’t give the account back. The application may not act on this account. In Entra open the user, and take Block sign-in off.
      *Closed 23 Nov 2026, 13:31 UTC: false alarm.* Sam Reed asked for that. *Hallpass can’t give the account back.* The application may not act on this account. In Entra open the user, and take *Block sign-in* off."
    `)
    expect(news('closed, never blocked', 'closed')).toMatchInlineSnapshot(`
      "Fraud was reported about Dana Cruz. Closed 23 Nov 2026, 13:31 UTC: false alarm. Sam Reed asked for that. Nothing had to be given back.
      *Closed 23 Nov 2026, 13:31 UTC: false alarm.* Sam Reed asked for that. Nothing had to be given back.
      13:05 UTC *Hanna Weiss* (a colleague): a caller who was not who they said they are
      • End of open exceptions: being tried since 13:05:00 UTC
      • End of all passes: being tried since 13:05:00 UTC
      Exceptions and sign-in methods of Dana Cruz are being looked up.
      *Sam Reed asked at 13:25 UTC to close it: false alarm.*"
    `)
    expect(news('closed, not by Hallpass', 'closed')).toMatchInlineSnapshot(`
      "Fraud was reported about Dana Cruz. Closed 23 Nov 2026, 13:31 UTC: false alarm. Sam Reed asked for that. Hallpass blocked no account. If somebody did it by hand, it has to be taken back by hand.
      *Closed 23 Nov 2026, 13:31 UTC: false alarm.* Sam Reed asked for that. Hallpass blocked no account. If somebody did it by hand, it has to be taken back by hand.
      • End of open exceptions: being tried since 13:05:00 UTC
      • End of all passes: being tried since 13:05:00 UTC
      • Refusal at Hallpass’s own checks: *can’t be done by Hallpass.* The application may not act on this account. Have the user name refused where the sign-ins are checked.
      • Account block: *can’t be done by Hallpass.* The application may not act on this account. In Entra open the user, *Block sign-in*.
      • Sign-out everywhere: being tried since 13:05:00 UTC
      • Report to Entra’s risk engine: being tried since 13:05:00 UTC
      Exceptions and sign-in methods of Dana Cruz are being looked up.
      *Sam Reed asked at 13:25 UTC to close it: false alarm.*"
    `)
  })

  it('asks for the two people who are in many exceptions only where there are any', () => {
    expect(read('nothing around')).toContain('Dana Cruz had no exception in the seven days before.')
    expect(read('nothing around')).not.toContain('Caution')
  })
})

describe('what a command shows', () => {
  it('is the same without buttons, by its id', () => {
    const lines = linesOf(caseStatusCard(caseIn('taken')))
    expect(lines.slice(0, 2)).toEqual([
      'FRD-BME7-N42F Sam Reed looks after it, since 13:16 UTC.',
      'FRD-BME7-N42F: fraud reported about Dana Cruz',
    ])
    expect(lines.slice(2)).toEqual(linesOf(caseCard(caseIn('taken'))).slice(2, -3))
  })

  it('is a paragraph for each case of a list', () => {
    const cases = ['not taken', 'closed'].map((name) => ({ caseId, state: caseIn(name) }))
    expect(linesOf(casesCard(cases)).join('\n')).toMatchInlineSnapshot(`
      "Cases of fraud: 2.
      Cases of fraud
      *FRD-BME7-N42F* Dana Cruz, 23 Nov 2026, 13:05 UTC. *Nobody has taken it yet.* Security was reminded 2 times.
      *FRD-BME7-N42F* Dana Cruz, 23 Nov 2026, 13:05 UTC. *Closed 23 Nov 2026, 13:31 UTC: false alarm.* Sam Reed asked for that. The account was given back."
    `)
  })
})
