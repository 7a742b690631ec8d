import { describe, expect, it } from 'vitest'
import type { PersonProblem } from '../../../src/core/people/people.ts'
import type { KnownState } from '../../../src/core/card/card.ts'
import { Fault } from '../../../src/core/fault.ts'
import {
  conflictText,
  failedText,
  heardText,
  nothingRecordedText,
  recordedLaterText,
  recordedText,
} from '../../../src/core/text/answers.ts'
import { commandText } from '../../../src/core/text/en/commands.ts'
import { personProblemText } from '../../../src/core/text/person-problem-text.ts'
import { activitySummaries, timerSummaries, workflowSummary } from '../../../src/core/text/en.ts'
import { active, approved, ended, ending, exceptionId, waiting } from '../card/states.ts'

const bytes = new TextEncoder()

describe('what a history shows', () => {
  it('is short enough for Temporal and names nobody', () => {
    const says = [
      ...Object.values(activitySummaries),
      ...Object.values(timerSummaries),
      workflowSummary.exception('TAP-7F3K-Q2MD'),
      workflowSummary.followUp('TAP-7F3K-Q2MD'),
    ]
    expect(says.filter((one) => bytes.encode(one).length > 100)).toEqual([])
    expect(new Set(says).size).toBe(says.length)
  })
})

describe('the answer to a request', () => {
  const recorded = { id: 'TAP-7F3K-Q2MD', subject: 'Dana Cruz' }

  it('says that it is recorded, for whom, and who was asked', () => {
    expect(recordedText(recorded, 'Marco Silva, Ava Chen').mrkdwn).toBe(
      '*Recorded, TAP-7F3K-Q2MD, for Dana Cruz.* Asked: Marco Silva, Ava Chen.',
    )
  })

  it('says that it is recorded before anybody was asked', () => {
    expect(recordedLaterText(recorded).mrkdwn).toBe(
      '*Recorded, TAP-7F3K-Q2MD, for Dana Cruz.* It is still being checked; the answer comes here.',
    )
  })

  it('names what failed where the failure tells, and otherwise blames itself', () => {
    expect(failedText(new Fault('graph', 'unavailable', '503')).mrkdwn).toContain(
      'Microsoft Entra does not answer.',
    )
    expect(failedText(new Fault('slack', 'refused', 'invalid_auth')).mrkdwn).toContain(
      'Slack refuses Hallpass. Tell',
    )
    expect(failedText(new TypeError('x')).mrkdwn).toContain(
      '*Nothing was recorded.* Hallpass made a mistake.',
    )
  })

  it('says that nothing was recorded, what did not answer, and what to do', () => {
    expect(nothingRecordedText('temporal').mrkdwn).toBe(
      '*Nothing was recorded.* Hallpass’s engine (Temporal) does not answer. Try again in a few minutes; if it is urgent, call security.',
    )
    expect(nothingRecordedText('postgres').mrkdwn).toContain('(PostgreSQL) does not answer')
  })
})

const conflict = (state: KnownState): string =>
  conflictText(
    { exceptionId, displayId: 'TAP-7F3K-Q2MD', state, followUp: undefined, revocations: [] },
    '/tap',
  ).mrkdwn

describe('a second request for the same person', () => {
  it('is answered with the one that waits or lives, and what can be done', () => {
    for (const state of [waiting(), approved(), active()]) {
      expect(conflict(state)).toContain('There is one already for Dana Cruz')
      expect(conflict(state)).toContain('`/tap revoke TAP-7F3K-Q2MD reason` ends it')
    }
  })

  it('is asked to wait while that one is ending', () => {
    expect(conflict(ending('revoked'))).toMatch(/Ask again in a few seconds\.$/u)
    expect(conflict(ended('used'))).toMatch(/still being filed; ask again in a few seconds\.$/u)
    expect(conflict(ending('revoked'))).not.toContain('revoke TAP')
  })

  it('is not asked to wait for a code that is only being replaced', () => {
    for (const why of ['not-seen', 'mint-lost'] as const)
      expect(conflict(ending(why))).toContain('`/tap revoke TAP-7F3K-Q2MD reason` ends it')
  })
})

const following = (state: KnownState): string =>
  heardText({ exceptionId, displayId: 'TAP-7F3K-Q2MD', state, followUp: undefined, revocations: [] }).mrkdwn

describe('after a word that was heard', () => {
  it('its speaker reads who acts next and until when, or what came of it', () => {
    expect(following(approved())).toMatch(
      /^\*Recorded\.\* The pass for Dana Cruz is approved by Marco Silva\. Dana Cruz can open it until .*13:37 UTC>\. No code exists until Dana Cruz opens it\.$/u,
    )
    expect(following(ended('denied'))).toContain('No pass was made. Hanna Weiss has been told.')
  })
})

describe('an id that is none', () => {
  it('is repeated, and what ids look like is said', () => {
    expect(commandText.notAnId('hlep', '/tap').mrkdwn).toBe(
      'hlep is not an id. Ids look like TAP-7F3K-Q2MD or BYP-7F3K-Q2MD; `/tap list` shows yours.',
    )
  })

  it('is not shown as Slack’s name for a person', () => {
    const says = commandText.notAnId('@U0DANA', '/tap').mrkdwn
    expect(says).not.toContain('U0DANA')
    expect(says).toContain('`/tap status @person`')
  })

  it('is repeated in how to say why', () => {
    expect(commandText.reasonForRevoke('/tap', 'TAP-1234-5678').mrkdwn).toContain(
      '`/tap revoke TAP-1234-5678 reason`',
    )
  })
})

describe('a word that no command knows', () => {
  it('is named, with the way to the words', () => {
    expect(commandText.takenAsReason('hlep', '/tap').mrkdwn).toBe(
      '“hlep” is no word of /tap, so it was taken as the reason. `/tap help` shows the words.',
    )
  })
})

describe('an account that is nobody here', () => {
  it('is told why, and what to do', () => {
    const problems: readonly PersonProblem[] = [
      'unknown-account',
      'bot',
      'deactivated',
      'foreign',
      'guest',
      'mail-missing',
      'mail-unconfirmed',
      'not-in-directory',
      'ambiguous',
      'directory-disabled',
      'binding-changed',
    ]
    expect(problems.map((problem) => personProblemText(problem, commandText.you).mrkdwn))
      .toMatchInlineSnapshot(`
      [
        "Slack does not know your account. Sign in to Slack again, then try once more.",
        "A bot can’t use Hallpass. A person has to.",
        "Your Slack account is deactivated. A Slack administrator can change that.",
        "Your account belongs to another Slack workspace. Use Hallpass from an account of this one.",
        "You are a guest here, and guests can neither be let in nor decide about it. Your own organisation has to help.",
        "Your Slack account shows no e-mail address, so you can’t be found in the directory. A Slack administrator can mend that.",
        "Your e-mail address in Slack is not confirmed. Confirm it in Slack, then try again.",
        "The directory has nobody with the e-mail address of your Slack account. Have the address corrected in Slack or in the directory.",
        "Several people in the directory have your e-mail address. Have the directory corrected first.",
        "Your account is disabled in the directory. If fraud was reported about you, security gives it back; otherwise have it enabled, then try again.",
        "Your Slack account leads to another person in the directory than before. Security has to look at it first.",
      ]
    `)
    expect(problems.map((problem) => personProblemText(problem, 'Gus <b>').mrkdwn)).toMatchInlineSnapshot(`
      [
        "Gus &lt;b&gt; is not known to Slack. Type @ and choose the person from the list.",
        "Gus &lt;b&gt; is a bot. Choose a person.",
        "Gus &lt;b&gt; has a deactivated Slack account. Check whom you mean.",
        "Gus &lt;b&gt; belongs to another Slack workspace. Choose somebody of this one.",
        "Gus &lt;b&gt; is a guest here, and guests can neither be let in nor decide about it. Their own organisation has to help.",
        "Gus &lt;b&gt; shows no e-mail address in Slack, and so can’t be found in the directory. A Slack administrator can mend that.",
        "Gus &lt;b&gt; has not confirmed the e-mail address in Slack. That has to be done in Slack first; then ask again.",
        "Gus &lt;b&gt; has an e-mail address in Slack that nobody in the directory has. Have it corrected in Slack or in the directory, then ask again.",
        "Gus &lt;b&gt; has an e-mail address that several people in the directory have. Have the directory corrected, then ask again.",
        "Gus &lt;b&gt; has a disabled account in the directory. If fraud was reported about them, security gives it back; otherwise have it enabled, then ask again.",
        "Gus &lt;b&gt; has a Slack account that leads to another person in the directory than before. Security has to look at it first.",
      ]
    `)
  })
})
