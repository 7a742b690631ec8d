import { describe, expect, it } from 'vitest'
import type { PersonProblem } from '../../../src/core/people/people.ts'
import type { KnownState } from '../../../src/core/card/card.ts'
import {
  conflictText,
  nothingRecordedText,
  recordedLaterText,
  recordedText,
} from '../../../src/core/text/answers.ts'
import { personProblemText } from '../../../src/core/text/person-problem-text.ts'
import { activitySummaries, timerSummaries, workflowSummary } from '../../../src/core/text/en.ts'
import { active, approved, asked, ending, exceptionId, waiting } from '../card/states.ts'

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
  it('says that it is recorded, who was asked, and until when', () => {
    const admitted = { asked: 'Marco Silva, Ava Chen', until: asked + 900_000, requestedAt: asked }
    expect(recordedText('TAP-7F3K-Q2MD', admitted).mrkdwn).toBe(
      `*Recorded, TAP-7F3K-Q2MD.* Asked: Marco Silva, Ava Chen, until <!date^${asked / 1000 + 900}^{time}|13:20 UTC>.`,
    )
  })

  it('says that it is recorded before anybody was asked', () => {
    expect(recordedLaterText('TAP-7F3K-Q2MD').mrkdwn).toBe(
      '*Recorded, TAP-7F3K-Q2MD.* It is still being checked; the answer comes here.',
    )
  })

  it('says that nothing was recorded, what did not answer, and what to do', () => {
    expect(nothingRecordedText('temporal').mrkdwn).toBe(
      '*Nothing was recorded.* The workflow service does not answer. Try again in a few minutes; if it is urgent, call security.',
    )
    expect(nothingRecordedText('postgres').mrkdwn).toContain('The ledger does not answer')
  })
})

const conflict = (state: KnownState): string =>
  conflictText({ exceptionId, displayId: 'TAP-7F3K-Q2MD', state, followUp: undefined }, '/tap').mrkdwn

describe('a second request for the same person', () => {
  it('is answered with the one that waits or lives, and what can be done', () => {
    for (const state of [waiting(), approved(), active()]) {
      expect(conflict(state)).toContain('There is one already for Dana Cruz')
      expect(conflict(state)).toContain('`/tap revoke TAP-7F3K-Q2MD reason` ends it')
    }
  })

  it('is asked to wait while that one is ending', () => {
    expect(conflict(ending('revoked'))).toContain('Ask again in a minute.')
    expect(conflict(ending('revoked'))).not.toContain('revoke TAP')
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
    expect(problems.map((problem) => personProblemText(problem, 'Gus <b>').mrkdwn)).toMatchInlineSnapshot(`
      [
        "Gus &lt;b&gt;: Slack knows no such account. Choose the person from the list.",
        "Gus &lt;b&gt;: this is a bot, not a person. Name a person.",
        "Gus &lt;b&gt;: this Slack account is deactivated. Check whom you mean.",
        "Gus &lt;b&gt;: this account belongs to another Slack workspace. Name somebody of this one.",
        "Gus &lt;b&gt;: guests can neither get a pass nor decide on one. Their own organisation has to help.",
        "Gus &lt;b&gt;: this Slack account shows no e-mail address, so it can’t be matched with the directory. A Slack administrator can mend that.",
        "Gus &lt;b&gt;: the e-mail address of this Slack account is not confirmed. Confirm it in Slack, then try again.",
        "Gus &lt;b&gt;: the directory has nobody with the e-mail address of this Slack account. Have the address corrected in Slack or in the directory.",
        "Gus &lt;b&gt;: several people of the directory have this e-mail address. Have the directory corrected first.",
        "Gus &lt;b&gt;: this account is disabled in the directory. Have it enabled first, then try again.",
        "Gus &lt;b&gt;: this Slack account now leads to somebody else in the directory than before. Security has to look at it first.",
      ]
    `)
  })
})
