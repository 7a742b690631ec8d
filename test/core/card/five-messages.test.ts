import { describe, expect, it } from 'vitest'
import { approvalCard } from '../../../src/core/card/approval.ts'
import { codeHidden, codeLoading, codeRefused, codeShown, doesNotWork } from '../../../src/core/card/code.ts'
import { reminderCard } from '../../../src/core/card/follow-up-cards.ts'
import { followUpMessages } from '../../../src/core/card/follow-up-messages.ts'
import { requesterCard } from '../../../src/core/card/requester.ts'
import { noticesFor } from '../../../src/core/card/notices.ts'
import { subjectCard, subjectMessages } from '../../../src/core/card/subject.ts'
import type { Card, Modal } from '../../../src/core/card/card.ts'
import type { Outcome } from '../../../src/core/exception/fact.ts'
import type { Ended } from '../../../src/core/exception/state.ts'
import { followUpStart } from '../../../src/core/follow-up/start.ts'
import { buttonsOf, readIn, textsOf } from './block-rules.ts'
import {
  active,
  approved,
  asked,
  ended,
  exceptionId,
  halfApproved,
  links,
  method,
  waiting,
} from './states.ts'

/** What the requester is told of an end. */
function endNotice(outcome: Outcome, more: Partial<Ended> = {}): Card {
  const notices = noticesFor(9, { at: asked, type: 'ended', outcome }, ended(outcome, undefined, more))
  const card = notices.find(({ audience }) => audience === 'requester')?.card
  if (card === undefined) throw new Error(`Nobody is told of ${outcome}.`)
  return card
}

/** The words of a card, times as Slack shows them without a clock. */
function read({ blocks }: Pick<Card | Modal, 'blocks'>): string {
  return readIn(blocks).replaceAll(/<!date\^\d+\^[^|>]*\|([^>]*)>/gu, '$1')
}

describe('the card that asks for a decision', () => {
  it('says what is asked, why, why this person, until when, and what happens then', () => {
    const card = approvalCard(waiting(), { audience: 'approver', via: 'manager' })
    expect(read(card).split('\n')).toEqual([
      'One sign-in, up to 1 hour after Dana Cruz opens it. Asked by Hanna Weiss.',
      'Approve only if you know that this is Dana Cruz. No code exists until Dana Cruz opens it.',
      'You manage Dana Cruz. Waiting for you until 13:20 UTC, then it times out. TAP-7F4F-2QMT',
      'Let Dana Cruz sign in with a temporary pass?',
      'Why: phone or key lost, INC0012345. “Lost her phone on the train”',
      'Approve',
      'Deny',
    ])
    expect(card.text).toBe(
      `Hanna Weiss asks you to approve a pass for Dana Cruz. Decide by <!date^${asked / 1000 + 900}^{time}|13:20 UTC>.`,
    )
  })

  it('says as whom one of a group is asked', () => {
    expect(read(approvalCard(waiting(), { audience: 'approver', via: 'partners' }))).toContain(
      'You are asked as one of “partners”.',
    )
  })

  it('names everybody who is asked in the channel, and how many approvals are there', () => {
    const words = read(approvalCard(halfApproved(), { audience: 'channel' }))
    expect(words).toContain('Waiting for Marco Silva, Ava Chen until 13:20 UTC')
    expect(words).toContain('1 of 2 approvals are there.')
  })

  it('says afterwards who approved, when, and how the caller was checked', () => {
    expect(read(approvalCard(approved(), { audience: 'channel' }))).toContain(
      '13:07 UTC Marco Silva approved; checked by calling back.',
    )
  })

  it('does not mark what a person typed as markup', () => {
    const { plain, mrkdwn } = textsOf(approvalCard(waiting(), { audience: 'channel' }).blocks)
    expect(plain.join()).toContain('Lost her phone on the train')
    expect(mrkdwn.join()).not.toContain('Lost her phone on the train')
  })
})

describe('the requester', () => {
  it('reads that it is recorded, who was asked, and what to tell the subject', () => {
    expect(read(requesterCard(waiting()))).toContain(
      '*Recorded, TAP-7F4F-2QMT.* Asked: Marco Silva, Ava Chen, until 13:20 UTC, then it times out. Tell Dana Cruz to keep Slack open.',
    )
  })

  it.each(['expired', 'never-claimed'] as const)(
    'is asked once whether the person is still locked out: %s',
    (outcome) => {
      expect(read(endNotice(outcome))).toContain('Is Dana Cruz still locked out? Then ask again.')
    },
  )

  it('is told what a revocation found when the pass had been used', () => {
    const used = { wasUsed: true, sessionsRevoked: false, methodsAdded: [method('Passkey')] }
    expect(read(endNotice('revoked', used))).toContain(
      'It had been used before. The session that it opened goes on. Added meanwhile: Passkey.',
    )
  })

  it('is told a timeout as a timeout, never as a denial', () => {
    expect(read(endNotice('timed-out'))).toContain('timed out')
    expect(read(endNotice('timed-out'))).not.toMatch(/den(y|ied)/u)
    expect(read(requesterCard(ended('timed-out')))).toContain('timed out')
    expect(read(requesterCard(ended('timed-out')))).not.toMatch(/den(y|ied)/u)
  })
})

describe('an end that somebody else or the clock decided', () => {
  it('is a new message, and the card above only points to it, so that nothing is read twice', () => {
    const card = requesterCard(ended('denied'))
    expect(read(card)).toBe(
      'Your request for Dana Cruz: denied. The newer message below says more.\nTAP-7F4F-2QMT',
    )
    expect(read(endNotice('denied'))).toContain(
      'was denied by Marco Silva at 13:15 UTC. No pass was made. Dana Cruz has been told. Talk to the approver before you ask again.',
    )
  })

  it('is a new message to the subject too, once a pass was spoken of', () => {
    for (const outcome of ['denied', 'timed-out', 'withdrawn'] as const) {
      const told = subjectMessages(ended(outcome, undefined, { plan: waiting().plan, approvals: [] }), links)
      expect(told.map(({ superseded }) => superseded)).toEqual([true, false])
      expect(told.at(-1)?.card.text).toContain('No pass was made. Still locked out? Call the helpdesk.')
    }
    expect(subjectMessages(ended('refused'), links).map(({ key }) => key)).toEqual(['subject'])
  })
})

describe('when the follow-up is over', () => {
  const evidence = { type: 'evidence-seen', at: asked, methods: [method('Passkey')] } as const
  const back = { type: 'phone-back-said', at: asked, by: approved().request.requester } as const

  it('the requester’s card promises nothing any more', () => {
    expect(read(requesterCard(ended('used')))).toContain('Hallpass reminds Dana Cruz until')
    const card = read(requesterCard(ended('used'), evidence))
    expect(card).toContain('Since 23 Nov 2026, 13:05 UTC there is a new sign-in method: Passkey.')
    expect(card).not.toContain('reminds')
  })

  it('the subject’s card asks for nothing any more, and *Not me* stays', () => {
    expect(buttonsOf(subjectCard(ended('used'), links).blocks)).toEqual(['set-up', 'not-me'])
    expect(buttonsOf(subjectCard(ended('used'), links, evidence).blocks)).toEqual(['not-me'])
    expect(read(subjectCard(ended('used'), links, evidence))).toContain(
      'was added:* Passkey. Was it not you?',
    )
    expect(read(subjectCard(ended('used'), links, back))).toContain('your phone is back')
  })
})

describe('the subject', () => {
  it('hears of the request at once and can say that it was somebody else', () => {
    const card = subjectCard(waiting(), links)
    expect(read(card)).toContain('*Hanna Weiss asked for a temporary pass for you.*')
    expect(buttonsOf(card.blocks)).toEqual(['not-me'])
  })

  it('is told how to use a pass that is ready, in the words that were agreed', () => {
    const card = subjectCard(approved(), links)
    expect(card.text).toBe('A temporary pass was approved for you. Use it or stop it in Slack.')
    expect(read(card)).toContain(
      [
        '*Your temporary pass is ready.* Hanna Weiss asked for it, Marco Silva approved it.',
        'Open the <https://login.example/start|sign-in page> first. Then press *Show my code*, before 13:37 UTC.',
        'Did not ask for it? *Not me* stops it and tells security. TAP-7F4F-2QMT',
      ].join('\n'),
    )
  })

  it('is told that an earlier code is dead when the pass is ready again', () => {
    expect(read(subjectCard({ ...approved(), mints: 1 }, links))).toContain('ready again')
  })

  it('is told of the ten minutes once the pass was used, with the page to add a method', () => {
    const { blocks } = subjectCard(ended('used'), links)
    expect(readIn(blocks)).toContain('10 minutes to add your new sign-in method')
    expect(JSON.stringify(blocks)).toContain(links.securityInfo)
  })

  it('is not sent to set up a method when the phone was only not at hand', () => {
    const state = ended('used')
    const notAtHand = { ...state, request: { ...state.request, category: 'not-at-hand' } } as const
    expect(buttonsOf(subjectCard(notAtHand, links).blocks)).toEqual(['not-me'])
    expect(read(subjectCard(notAtHand, links))).toContain('I will ask once whether your phone is back.')
    expect(read(requesterCard(notAtHand))).toContain('once whether the phone is back')
  })
})

describe('the window with the code', () => {
  const one = {
    code: '+drk&zqAD',
    exceptionId,
    lease: active().lease,
    hiddenAt: active().shownAt + 180_000,
    opens: undefined,
    category: 'lost',
    replaces: false,
  } as const
  const shown = codeShown(one)

  it('says what was agreed', () => {
    expect(shown.title.text).toBe('Your code, shown once')
    expect(read(shown).split('\n')).toEqual([
      '1. Wait 30 seconds, then type it on the sign-in page.',
      '2. After signing in, add your new method within 10 minutes.',
      'Works once, until 14:10 UTC. Hidden here at 13:13 UTC.',
      '*Nobody from IT will ask for this code.* If somebody does, close this and press *Not me*.',
    ])
  })

  it('asks nobody for a new method whose phone is only not at hand', () => {
    const words = read(codeShown({ ...one, category: 'not-at-hand' }))
    expect(words.split('\n')[0]).toBe('Wait 30 seconds, then type it on the sign-in page.')
    expect(words).not.toContain('method')
  })

  it('holds the code exactly once, as it is, where nothing sends it back', () => {
    const { blocks, ...around } = shown
    expect(blocks[0]).toEqual({
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: '+drk&zqAD' }] }],
    })
    expect(JSON.stringify(shown).split('+drk&zqAD')).toHaveLength(2)
    expect(JSON.stringify(around)).not.toContain('+drk')
    expect(blocks.some((block) => block.type === 'input')).toBe(false)
  })

  it('does not ask Slack to send it back when it is closed', () => {
    expect(shown.notify_on_close).toBeUndefined()
  })

  it('is empty before, and has only a way to help afterwards', () => {
    expect(read(codeLoading(exceptionId, asked))).toContain('Your code is being made.')
    expect(read(codeHidden(active()))).toBe('Code hidden. Lost it?\nIt does not work')
    expect(read(codeRefused({ code: 'claim-late' }))).toBe(
      '*No code was shown.* The time to open it is over. Call the helpdesk for a new one.',
    )
  })
})

describe('It does not work', () => {
  it('explains, and offers another code only while this one is unused', () => {
    expect(buttonsOf(doesNotWork(active()).blocks)).toEqual(['not-seen'])
    expect(read(doesNotWork(active()))).toContain('works from about 13:10 UTC, once, until 14:10 UTC')
    expect(buttonsOf(doesNotWork(ended('used')).blocks)).toEqual([])
    const used = ended('used')
    expect(read(doesNotWork(used))).toContain('it works once')
    expect(read(doesNotWork(used))).toContain('If it was, add your new method within 10 minutes of it.')
    const notAtHand = { ...used, request: { ...used.request, category: 'not-at-hand' } } as const
    expect(read(doesNotWork(notAtHand))).not.toContain('method')
  })

  it('says before the last code that no other will follow', () => {
    expect(read(doesNotWork({ ...active(), mints: 2 }))).toContain('2 of 3 were made')
    expect(read(doesNotWork({ ...active(), mints: 3 }))).toContain('the last of 3')
  })
})

describe('a reminder', () => {
  const followed = {
    exceptionId,
    kind: 'tap',
    subjectName: 'Dana Cruz',
    category: 'lost',
    methodsBefore: [method('Authenticator, Pixel 7'), { ...method('E-mail'), strong: false }],
  } as const

  it('says what is missing, what is still listed, and who is asked later, in the words that were agreed', () => {
    const card = reminderCard(followed, { number: 2, of: 4 }, links)
    expect(read(card).split('\n')).toEqual([
      '*Dana Cruz, you still have no new sign-in method.* The next time MFA is asked, you will be stuck. It takes 3 minutes.',
      '*Authenticator, Pixel 7* is still listed. Remove it if that phone is lost.',
      'I check by myself; no need to reply. Reminder 2 of 4. After the last one, the person who asked for this will be asked to help. TAP-7F4F-2QMT',
      'Set up now',
      'Not me',
    ])
    expect(JSON.stringify(card.blocks)).toContain(links.securityInfo)
  })

  it('is one question where nothing was lost, and asks nobody to register a method', () => {
    const { plan, request } = active()
    const notAtHand = { ...request, category: 'not-at-hand' } as const
    const start = followUpStart(ended('used', undefined, { plan, request: notAtHand, shownAt: asked }))
    if (start === undefined) throw new Error('There is nothing to follow up.')
    const [question] = followUpMessages(start, { type: 'phone-asked', at: asked, until: asked }, 2, links)
    const [help] = followUpMessages(start, { type: 'still-missing', at: asked }, 3, links)
    if (question === undefined || help === undefined) throw new Error('Nobody is asked.')
    expect(read(question.card).split('\n')).toEqual([
      '*Dana Cruz, is your phone back?* Press *Yes, it is back* as soon as it is. Is it lost? Call the helpdesk.',
      'I ask only once. Without an answer by 23 Nov 2026, 13:05 UTC, the person who asked for this is asked to call you. TAP-7F4F-2QMT',
      'Yes, it is back',
      'Not me',
    ])
    expect(help.audience).toBe('requester')
    expect(read(help.card)).toContain('was asked whether the phone is back, and has not answered')
    for (const { card } of [question, help]) expect(read(card)).not.toMatch(/method|eminder|Set up/u)
  })
})
