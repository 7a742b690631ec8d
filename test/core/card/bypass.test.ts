import { describe, expect, it } from 'vitest'
import { approvalCard } from '../../../src/core/card/approval.ts'
import type { Card, Modal } from '../../../src/core/card/card.ts'
import { codeHidden, codeLoading, codeShown, doesNotWork, letInOpened } from '../../../src/core/card/code.ts'
import { approveForm } from '../../../src/core/card/decision-forms.ts'
import { requesterCard } from '../../../src/core/card/requester.ts'
import { subjectCard } from '../../../src/core/card/subject.ts'
import { readIn } from './block-rules.ts'
import { active, approved, ended, ending, exceptionId, links, ofBypass, overBy, waiting } from './states.ts'

/** The words of a card, times as Slack shows them without a clock. */
function read({ blocks }: Pick<Card | Modal, 'blocks'>): string {
  return readIn(blocks).replaceAll(/<!date\^\d+\^[^|>]*\|([^>]*)>/gu, '$1')
}

const asChannel = { audience: 'channel' } as const
const withCode = ofBypass(active(), 'code')
const letIn = ofBypass(active(), 'let-in')
const about = {
  exceptionId,
  hiddenAt: active().shownAt + 180_000,
  category: 'lost',
  replaces: false,
} as const

describe('the card that asks for a decision about a bypass', () => {
  it('names the application, and says how long a code works', () => {
    expect(
      read(approvalCard(ofBypass(waiting(), 'code'), asChannel))
        .split('\n')
        .slice(0, 4),
    ).toEqual([
      'One sign-in to VPN with a code that works for 5 minutes. Asked by Hanna Weiss.',
      'Approve only if you know that this is Dana Cruz. No code exists until Dana Cruz opens it.',
      'Waiting for Marco Silva, Ava Chen until 13:20 UTC, then it times out. BYP-7F4F-2QMT',
      'Let Dana Cruz sign in to VPN once, past the second factor?',
    ])
  })

  it('says plainly that there is no code where the next sign-in passes without one', () => {
    const says = read(approvalCard(ofBypass(waiting(), 'let-in'), asChannel))
    expect(says).toContain(
      '*There is no code:* the next sign-in of Dana Cruz to VPN passes without a second factor, once, for 5 minutes.',
    )
    expect(says).toContain('whoever knows the password of Dana Cruz can be the one who signs in to VPN.')
    expect(read(approveForm(ofBypass(waiting(), 'let-in')))).toContain('*There is no code:*')
  })

  it('says in words that stay true who goes on after the use', () => {
    expect(read(approvalCard(ended('used'), asChannel))).toContain(
      'From here the follow-up goes on with Dana Cruz.',
    )
  })
})

describe('the windows of a bypass', () => {
  it('say where the code is typed, and until when to the second', () => {
    const shown = codeShown({ ...about, code: 'AB', lease: withCode.lease, opens: withCode.plan.opens })
    expect(read(shown).split('\n')).toEqual([
      'Type it when you sign in to VPN and the second factor is asked for. It works at once; no need to wait.',
      'Works once, until 13:15:00 UTC. Hidden here at 13:13 UTC.',
      '*Nobody from IT will ask for this code.* If somebody does, close this and press *Not me*.',
    ])
  })

  it('send to the sign-in where there is no code', () => {
    const opened = letInOpened({ ...about, lease: letIn.lease, opens: letIn.plan.opens })
    expect(opened.title.text).toBe('Let in, once')
    expect(read(opened)).toContain(
      '*Sign in to VPN now.* There is no code: your next sign-in there passes without a second factor. It counts once, until 13:15:00 UTC.',
    )
    expect(read(codeLoading(exceptionId, 0, letIn.plan.opens))).toContain('press *Let me in* again')
  })

  it('say what became of it once they are hidden', () => {
    expect(read(codeHidden(active()))).toBe('Code hidden. Lost it?\nIt does not work')
    expect(read(codeHidden(letIn))).toBe('You can close this. Not let in?\nIt does not work')
    expect(read(codeHidden(ended('used')))).toBe('*Used.* Add your new method now.')
    expect(read(codeHidden(ended('expired')))).toContain('is over, so it does not work')
  })

  it('explain what fits the way in', () => {
    expect(read(doesNotWork(withCode))).toContain('After 5 wrong tries it is void.')
    expect(read(doesNotWork(letIn))).toContain('There is no code. Your next sign-in to VPN passes')
    expect(read(doesNotWork(ofBypass(overBy('voided'), 'code')))).toContain('Too many wrong codes were tried')
  })
})

describe('the subject of a bypass', () => {
  it('reads which application it is for and what to press, without the sign-in page', () => {
    const words = read(subjectCard(ofBypass(approved(), 'code'), links))
    expect(words).toContain('*Your one-time VPN bypass is ready.*')
    expect(words).toContain(
      'Sign in to VPN. When it asks for the second factor, press *Show my code*, before 13:37 UTC.',
    )
    expect(words).not.toContain(links.signIn)
    expect(read(subjectCard(ofBypass(approved(), 'let-in'), links))).toMatch(/\nLet me in\n/u)
  })

  it('reads until when it works by the clock', () => {
    expect(read(subjectCard(withCode, links))).toContain('It works once, until 13:15:00 UTC.')
    expect(read(subjectCard(letIn, links))).toContain('once, until 13:15:00 UTC. Sign in to VPN as always.')
  })
})

describe('an end that nobody asked for', () => {
  it('names nobody', () => {
    expect(read(subjectCard(overBy('vanished'), links))).toContain('Somebody removed it outside Hallpass.')
    expect(read(subjectCard(overBy('voided'), links))).toContain('Too many wrong codes were tried')
  })
})

describe('a request that was stopped before anybody approved it', () => {
  const revoked = ended('revoked', undefined, { approvals: [], wasUsed: false })

  it('is not called a pass that was revoked', () => {
    expect(read(subjectCard(revoked, links))).toContain(
      'The request for a temporary pass for you was stopped by Marco Silva at 13:15 UTC. No pass was made.',
    )
    expect(read(approvalCard(revoked, asChannel))).not.toContain('used')
    expect(requesterCard(revoked).text).toContain('was stopped by Marco Silva')
  })

  it('is not called a pass that is being ended', () => {
    for (const why of ['revoked', 'stopped'] as const) {
      const state = { ...ending(why), approvals: [] }
      expect(read(subjectCard(state, links))).toContain('No pass was made')
      expect(read(approvalCard(state, asChannel))).toContain('No pass was made.')
    }
  })

  it('was never alive either when the subject stopped it', () => {
    const stopped = ended('stopped', undefined, { approvals: [] })
    expect(read(subjectCard(stopped, links))).toContain('*You pressed Not me.* No pass was made')
  })
})
