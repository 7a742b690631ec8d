import { describe, expect, it } from 'vitest'
import { reporterCard, subjectCard, threadLine } from '../../../src/core/card/case-messages.ts'
import type { CaseFact } from '../../../src/core/fraud/fact.ts'
import type { Case } from '../../../src/core/fraud/state.ts'
import { caseFacts, caseIn, everyCase, linesOf, plainCaseWords, stepTaken } from './case-states.ts'

type Role = Case['reporters'][number]['as']

/** What the first reporter of a case reads, as what they are or another. */
function told(name: string, role?: Role): string {
  const state = caseIn(name)
  const [first] = state.reporters
  if (first === undefined) throw new Error('nobody reported')
  return linesOf(reporterCard(state, { ...first, as: role ?? first.as }))
    .slice(1)
    .join('\n')
}

function toldSubject(name: string): string | undefined {
  const card = subjectCard(caseIn(name))
  return card && linesOf(card).slice(1).join('\n')
}

/** What the thread says of a fact; empty when nothing. */
const line = (fact: CaseFact): string => {
  const card = threadLine(fact, caseIn('taken'))
  return card === undefined ? '' : (linesOf(card).at(-1) ?? '')
}

describe('whoever reported reads what was done, what is running, what is next and who acts', () => {
  it('as the person themselves', () => {
    expect(told('by the person')).toMatchInlineSnapshot(`
      "*Case FRD-BME7-N42F is open. Security has been told.*
      Done at 13:05:03 UTC: passes revoked and checked, refused at Hallpass’s own checks.
      Running: account block, sign-out everywhere. You may be signed out within minutes.
      New passes and bypasses for you are refused meanwhile.
      Give no code to anybody. Security will call your number in the directory and ask for none.
      If nobody of security has taken it by 13:15 UTC, security is told again.
      Tell security
      Reported by mistake? *Tell security*; that alone undoes nothing. FRD-BME7-N42F"
    `)
    expect(told('closed', 'subject')).toMatchInlineSnapshot(`
      "*Case FRD-BME7-N42F is closed: false alarm.* You can sign in again. What was ended stays ended. Do you need a new pass? Call the helpdesk.
      FRD-BME7-N42F"
    `)
  })

  it('as the helpdesk', () => {
    expect(told('all done, looked around')).toMatchInlineSnapshot(`
      "*Case FRD-BME7-N42F is open. Security has been told.*
      Done at 13:05:03 UTC: passes revoked and checked, refused at Hallpass’s own checks, account blocked, signed out everywhere.
      New passes and bypasses for Dana Cruz are refused meanwhile.
      Give no code for Dana Cruz to anybody. Security will call Dana Cruz on the number in the directory.
      If nobody of security has taken it by 13:15 UTC, security is told again.
      Tell security
      Reported by mistake? *Tell security*; that alone undoes nothing. FRD-BME7-N42F"
    `)
    expect(told('not taken')).toContain('Nobody of security has taken it yet; security was told again.')
    expect(told('taken')).toContain('Sam Reed of security looks after it.')
    expect(told('closed')).toMatchInlineSnapshot(`
      "*Case FRD-BME7-N42F is closed: false alarm.* Dana Cruz can sign in again.
      FRD-BME7-N42F"
    `)
  })

  it('as security', () => {
    expect(told('taken', 'security')).toContain('It goes on with the card in security’s channel.')
  })

  it('as somebody else, who learns nothing about the account', () => {
    expect(told('by somebody')).toMatchInlineSnapshot(`
      "*Case FRD-BME7-N42F is open. Security has been told.*
      What Hallpass had opened for Dana Cruz is ended. Your report blocks no account: security decides that.
      Security will look into it and may ask you what you saw. Please keep it to yourself.
      If nobody of security has taken it by 13:15 UTC, security is told again.
      Tell security
      Reported by mistake? *Tell security*; that alone undoes nothing. FRD-BME7-N42F"
    `)
    for (const [name] of everyCase()) {
      expect(told(name, 'somebody')).not.toMatch(
        /account blocked|account block\b|signed out|can sign in|by hand/u,
      )
    }
  })

  it('and is never promised a block that waits or can’t be done', () => {
    expect(told('withheld as protected')).toMatchInlineSnapshot(`
      "*Case FRD-BME7-N42F is open. Security has been told.*
      Done at 13:05:03 UTC: passes revoked and checked.
      Security decides about: refusal at Hallpass’s own checks, account block, sign-out everywhere.
      New passes and bypasses for Dana Cruz are refused meanwhile.
      Give no code for Dana Cruz to anybody. Security will call Dana Cruz on the number in the directory.
      If nobody of security has taken it by 13:15 UTC, security is told again.
      Tell security
      Reported by mistake? *Tell security*; that alone undoes nothing. FRD-BME7-N42F"
    `)
    expect(told('can’t be done')).toMatchInlineSnapshot(`
      "*Case FRD-BME7-N42F is open. Security has been told.*
      Security has to do by hand: end of open exceptions, end of all passes, refusal at Hallpass’s own checks, account block, sign-out everywhere.
      New passes and bypasses for Dana Cruz are refused meanwhile.
      Give no code for Dana Cruz to anybody. Security will call Dana Cruz on the number in the directory.
      If nobody of security has taken it by 13:15 UTC, security is told again.
      Tell security
      Reported by mistake? *Tell security*; that alone undoes nothing. FRD-BME7-N42F"
    `)
    for (const name of ['withheld as protected', 'withheld as too many', 'can’t be done', 'by somebody']) {
      for (const role of ['subject', 'helpdesk', 'security', 'somebody'] as const)
        expect(told(name, role)).not.toMatch(/(Running|Done at)[^\n]*(account block|sign-out|signed out)/u)
    }
  })
})

describe('the person whom it is about', () => {
  it('reads what happened and what to do', () => {
    expect(toldSubject('reported')).toMatchInlineSnapshot(`
      "*Fraud was reported about your account.* Hanna Weiss (helpdesk) told security at 13:05 UTC.
      Running: end of open exceptions, end of all passes, refusal at Hallpass’s own checks, account block, sign-out everywhere. You may be signed out within minutes.
      New passes and bypasses for you are refused meanwhile.
      Give no code to anybody. Security will call your number in the directory and ask for none.
      Is it all well, and was it you? Tell security when they call. FRD-BME7-N42F"
    `)
    expect(toldSubject('all done, looked around')).toMatchInlineSnapshot(`
      "*Fraud was reported about your account.* Hanna Weiss (helpdesk) told security at 13:05 UTC.
      Done at 13:05:03 UTC: passes revoked and checked, refused at Hallpass’s own checks, account blocked, signed out everywhere.
      New passes and bypasses for you are refused meanwhile.
      Give no code to anybody. Security will call your number in the directory and ask for none.
      Is it all well, and was it you? Tell security when they call. FRD-BME7-N42F"
    `)
  })

  it('is not told who the colleague is', () => {
    expect(toldSubject('by somebody')).toMatchInlineSnapshot(`
      "*Fraud was reported about your account.* Somebody told security at 13:05 UTC.
      Done at 13:05:03 UTC: passes revoked and checked.
      New passes and bypasses for you need one more approver meanwhile.
      Give no code to anybody. Security will call your number in the directory and ask for none.
      Is it all well, and was it you? Tell security when they call. FRD-BME7-N42F"
    `)
  })

  it('is not told what waits or could not be done: the account may be in the wrong hands', () => {
    for (const name of ['withheld as protected', 'can’t be done'])
      expect(toldSubject(name)).not.toMatch(/by hand|decides/u)
  })

  it('reads afterwards whether they can sign in', () => {
    const ends = ['closed', 'closed, by hand', 'closed, never blocked', 'closed, not by Hallpass']
    expect(ends.map((name) => toldSubject(name)).join('\n')).toMatchInlineSnapshot(`
      "*Case FRD-BME7-N42F is closed: false alarm.* You can sign in again. What was ended stays ended. Do you need a new pass? Call the helpdesk.
      FRD-BME7-N42F
      *Case FRD-BME7-N42F is closed: false alarm.* Security has to give your account back by hand. Call them if you still can’t sign in. What was ended stays ended. Do you need a new pass? Call the helpdesk.
      FRD-BME7-N42F
      *Case FRD-BME7-N42F is closed: false alarm.* Your account was not blocked. What was ended stays ended. Do you need a new pass? Call the helpdesk.
      FRD-BME7-N42F
      *Case FRD-BME7-N42F is closed: false alarm.* Call security if you can’t sign in. What was ended stays ended. Do you need a new pass? Call the helpdesk.
      FRD-BME7-N42F"
    `)
  })

  it('has one message: whoever reported has theirs', () => {
    expect(toldSubject('by the person')).toBeUndefined()
  })
})

describe('the thread of a case', () => {
  const { steps, ...facts } = caseFacts(plainCaseWords)
  it('tells the story to somebody who was not there', () => {
    const story = [...Object.values(facts), ...steps].toSorted((one, other) => one.at - other.at)
    expect(story.map((fact) => line(fact)).join('\n')).toMatchInlineSnapshot(`
      "13:05:00 UTC *Hanna Weiss* (helpdesk) reported it: a caller who was not who they said they are.

      13:05:03 UTC Passes revoked: 2.
      13:05:03 UTC Refused at Hallpass’s own checks.
      13:05:03 UTC Account blocked.
      13:05:03 UTC Signed out everywhere.
      13:05:03 UTC Reported to Entra’s risk engine.
      13:05:08 UTC *Sign-in methods were registered since:* Authenticator, Pixel 7; Authenticator, Pixel 7. Go through them with Dana Cruz.
      13:06:00 UTC *Hanna Weiss* (a colleague) reported it: a message, code or pass that the person did not ask for.
      13:15:00 UTC *Nobody has taken it yet.* Security is told again, 2 times by now. Press *I take it* on the card above.
      13:15:00 UTC *Hanna Weiss says that it was reported by mistake.* That undoes nothing: call back on the number in the directory.
      13:16:00 UTC *Sam Reed looks after it.*
      13:17:00 UTC Sam Reed noted: “Somebody called and wanted a code”
      13:18:00 UTC Sam Reed pressed *Block now*: what waited for security is being done.
      13:25:00 UTC Sam Reed asked to close it: false alarm. “Somebody called and wanted a code”
      13:26:00 UTC Sam Reed tried to agree to unblock, which was refused: “You asked for this yourself. A second person of security has to agree.”
      13:27:00 UTC *Somebody tried to agree to unblock with a message that Hallpass did not sign.* It counted for nothing. Find out who can reach Hallpass’s Temporal server.
      13:30:00 UTC Sue Park agreed to give the account back.
      13:30:00 UTC The account was not given back: “You asked for or approved an exception in this case, so somebody else of security has to agree.” Somebody else of security has to agree.
      13:31:00 UTC *The account was given back.*
      13:31:00 UTC *Closed: false alarm.*
      21 Feb 2027, 13:05 UTC *The account of Dana Cruz has been blocked since 23 Nov 2026, 13:05 UTC*, and nothing lifts that by itself. Sam Reed looks after it. Close it, or note why it has to stay."
    `)
  })

  it('says what a person has to do, and nothing of what was looked for and not found', () => {
    expect(line(stepTaken('block', { is: 'impossible', because: 'forbidden' }))).toMatchInlineSnapshot(
      `"13:05:03 UTC *Hallpass can’t do this: account block.* The application may not act on this account. In Entra open the user, *Block sign-in*."`,
    )
    expect(
      line({ ...facts.unblocked, result: { is: 'impossible', because: 'not-found' } }),
    ).toMatchInlineSnapshot(
      `"13:31:00 UTC *Hallpass can’t give the account back.* Entra knows no such account. Look for it among the deleted users."`,
    )
    expect(line(stepTaken('passes', { is: 'done', count: 0 }))).toBe('')
    expect(line({ ...facts['looked-around'], details: { names: {}, methods: [] } })).toBe('')
  })
})
