import { describe, expect, it } from 'vitest'
import { approvalCard } from '../../../src/core/card/approval.ts'
import type { Card, KnownState, Modal } from '../../../src/core/card/card.ts'
import { codeHidden, codeRefused, doesNotWork } from '../../../src/core/card/code.ts'
import { approveForm, denyForm, revokeForm } from '../../../src/core/card/decision-forms.ts'
import {
  escalationCard,
  evidenceCard,
  evidenceNotice,
  followUpClosedCard,
  phoneBackCard,
  reminderCard,
} from '../../../src/core/card/follow-up-cards.ts'
import {
  directRevocationCard,
  directRevocationNotice,
  revocationRefusedCard,
} from '../../../src/core/card/direct-revocation.ts'
import { extendForm } from '../../../src/core/card/extend-form.ts'
import type { StateOf } from '../../../src/core/exception/state.ts'
import { refusalText } from '../../../src/core/text/refusal-text.ts'
import { listCard, statusCard } from '../../../src/core/card/list-cards.ts'
import { managerNotice, noticesFor, securityCard } from '../../../src/core/card/notices.ts'
import { requesterCard } from '../../../src/core/card/requester.ts'
import { idText } from '../../../src/core/card/story.ts'
import { subjectCard } from '../../../src/core/card/subject.ts'
import { conflictText } from '../../../src/core/text/answers.ts'
import { buttonsOf, messageProblems, modalProblems, textsOf } from './block-rules.ts'
import {
  asked,
  everyPass,
  everyState,
  exceptionId,
  links,
  method,
  outcomes,
  plainWords,
  waiting,
  type Words,
} from './states.ts'

const nasty = '*bold* _it_ ~no~ `code` <!channel> <@U1> <https://evil.example|ok> & :x: \u202Eevil\n> line'
const words = (value: string): Words => ({
  subject: value,
  requester: value,
  approver: value,
  asked: value,
  reason: value,
  ticket: value,
  method: value,
})

/** Long words take long: every way in has the same pieces, so that one of them is enough. */
const acting: readonly (readonly [string, Words, typeof everyState])[] = [
  ['plain words', plainWords, everyState],
  ['markup', words(nasty), everyState],
  ['3000 characters', words('x'.repeat(3000)), everyPass],
  ['3000 ampersands', words('&'.repeat(3000)), everyPass],
  ['3000 emoji', words('👩🏽‍💻'.repeat(430)), everyPass],
  ['right to left', words('דנה קרוז'), everyPass],
]

function cardsOf(state: KnownState, name: string): readonly Card[] {
  const view = { exceptionId, displayId: 'TAP-7F3K-Q2MD', state, followUp: undefined, revocations: [] }
  const followed = {
    exceptionId,
    kind: 'tap',
    subjectName: name,
    category: 'lost',
    methodsBefore: [],
  } as const
  const methods = Array.from({ length: 9 }, (_, index) => method(`${name} ${index}`))
  const by = { person: 'entra:dana', team: 'T1', user: 'U0DANA' } as const
  const word = { at: asked, saidAt: asked, exceptionId, by } as const
  const found = { wasUsed: true, sessionsRevoked: true, methodsAdded: methods } as const
  const revoked = { ...word, ...found, type: 'revoked-directly' } as const
  const said = [
    { ...revoked, said: 'not-me', details: { name } },
    { ...revoked, said: 'revoke', details: { name, reason: name } },
  ] as const
  const refused = {
    ...word,
    type: 'revocation-refused',
    said: 'revoke',
    refusal: { code: 'not-allowed' },
    details: { name },
  } as const
  return [
    approvalCard(state, { audience: 'channel' }),
    approvalCard(state, { audience: 'approver', via: 'manager' }),
    approvalCard(state, { audience: 'approver', via: name }),
    requesterCard(state),
    subjectCard(state, links),
    managerNotice(state),
    ...(['stopped', 'forged', 'revoked-after-use', 'not-seen', 'vanished', 'voided'] as const).map((matter) =>
      securityCard(state, matter),
    ),
    statusCard({ ...view, followUp: { status: 'open', reminders: 2 } }),
    statusCard({ ...view, revocations: said.flatMap((fact) => [fact, refused, fact]) }),
    ...said.flatMap((fact) => [directRevocationCard(state, fact), directRevocationNotice(state, fact)]),
    revocationRefusedCard(state, refused),
    revocationRefusedCard(state, { ...refused, said: 'not-me' }),
    revocationRefusedCard(state, { ...refused, refusal: { code: 'over' } }),
    statusCard({ ...view, followUp: { status: 'closed', reminders: 2 } }),
    reminderCard({ ...followed, methodsBefore: methods }, { number: 1, of: 4 }, links),
    phoneBackCard(followed, asked),
    evidenceCard(followed, methods, links),
    evidenceNotice(followed, methods),
    followUpClosedCard(followed, 'evidence'),
    escalationCard(followed, 4, links),
    escalationCard({ ...followed, category: 'not-at-hand' }, 4, links),
  ]
}

function modalsOf(state: KnownState, name: string): readonly Modal[] {
  const forms =
    state.status === 'waiting'
      ? [approveForm(state), denyForm(state), revokeForm(state)]
      : state.status === 'approved' || state.status === 'active'
        ? [revokeForm(state), ...extendForms(state, name)]
        : []
  return [
    ...forms,
    doesNotWork(state),
    ...('plan' in state ? [codeHidden(state)] : []),
    codeRefused({ code: 'rule-refuses', says: name }),
  ]
}

function extendForms(state: StateOf<'approved' | 'active'>, reason: string): readonly Modal[] {
  if (state.status !== 'active') return []
  const terms = { shortest: 600, longest: 3600, step: 60 }
  const problems = { duration: 'Choose one.', reason: 'Say what happened.' }
  return [
    extendForm(state, { draft: {}, problems: {}, terms }),
    extendForm(state, {
      draft: { duration: 600, reason },
      problems,
      refused: refusalText({ code: 'extend-used' }),
      terms,
    }),
  ]
}

/** What Slack would act on: our own signs must be all there is. */
function signsIn(texts: readonly string[]): string {
  return texts
    .join('\n')
    .replaceAll(/<!date\^\d+\^[^|>]*\|[^>]*>/gu, 'D')
    .replaceAll(/<https:\/\/[a-z.]*example\/[^|>]*\|[^>]*>/gu, 'L')
    .replaceAll(/[^<>*_~`\n]/gu, '')
}

/** Everything that Slack reads as markup, in every state. */
const texts = (all: Words, states: typeof everyState): readonly string[] =>
  states(all).flatMap(([, state]) =>
    [...cardsOf(state, all.subject), ...modalsOf(state, all.subject)]
      .flatMap((card) => textsOf(card.blocks).mrkdwn)
      .concat(
        conflictText(
          { exceptionId, displayId: 'TAP-7F3K-Q2MD', state, followUp: undefined, revocations: [] },
          '/tap',
        ).mrkdwn,
      ),
  )

describe.each(acting)('with %s in every name and reason', (_name, these, states) => {
  it('every message and every window of every state is within Slack’s limits', () => {
    const problems = states(these).flatMap(([name, state]) => [
      ...cardsOf(state, these.subject).flatMap((card) =>
        messageProblems(card.blocks).map((one) => [name, one]),
      ),
      ...modalsOf(state, these.subject).flatMap((modal) => modalProblems(modal).map((one) => [name, one])),
    ])
    expect(problems).toEqual([])
  })

  it('a list of all states is within Slack’s limits', () => {
    const views = states(these).map(([, state]) => ({
      exceptionId,
      displayId: 'TAP-7F3K-Q2MD',
      state,
      followUp: { status: 'open', reminders: 2 } as const,
      revocations: [],
    }))
    for (const some of Array.from({ length: 7 }, (_, index) => views.slice(index * 10, index * 10 + 10))) {
      expect(messageProblems(listCard(some, these.subject).blocks)).toEqual([])
    }
  })

  it('nothing that was typed acts: the signs that Slack reads are the same as with plain words', () => {
    expect(signsIn(texts(these, states))).toBe(signsIn(texts(plainWords, states)))
  })

  it('what is pushed is a sentence, short, on one line, without markup', () => {
    for (const { text } of states(these).flatMap(([, state]) => cardsOf(state, these.subject))) {
      const read = text.replaceAll(/<!date\^\d+\^[^|>]*\|([^>]*)>/gu, '$1')
      expect(read).toMatch(/[.?!…]$/u)
      expect(read).not.toMatch(/[<>*_~`\n]/u)
      expect(text.length).toBeLessThanOrEqual(4000)
    }
  })
})

describe('buttons', () => {
  it('are gone when it is over, but for the way to a new method and *Not me*', () => {
    for (const [, state] of everyState().filter(([name]) => name.includes('ended'))) {
      const acts = [
        ...buttonsOf(approvalCard(state, { audience: 'channel' }).blocks),
        ...buttonsOf(requesterCard(state).blocks),
        ...buttonsOf(subjectCard(state, links).blocks),
        ...buttonsOf(securityCard(state, 'stopped').blocks),
      ].filter((action) => action !== 'set-up' && action !== 'not-me')
      expect(acts).toEqual([])
    }
  })

  it('carry the id of the exception and nothing else', () => {
    const values = everyState()
      .flatMap(([, state]) => cardsOf(state, 'Dana'))
      .flatMap((card) => card.blocks)
      .flatMap((block) => (block.type === 'actions' ? block.elements : []))
      .flatMap((element) => (element.type === 'button' && element.value !== undefined ? [element.value] : []))
    expect(new Set(values)).toEqual(new Set([exceptionId]))
  })

  it('offer each person what they can do, state by state', () => {
    const table = everyPass().map(([name, state]) => [
      name,
      buttonsOf(approvalCard(state, { audience: 'channel' }).blocks).join(' '),
      buttonsOf(requesterCard(state).blocks).join(' '),
      buttonsOf(subjectCard(state, links).blocks).join(' '),
    ])
    expect(table.filter(([, ...cells]) => cells.join('') !== '' && cells.join('') !== 'not-me')).toEqual([
      ['waiting', 'approve deny', 'withdraw', 'not-me'],
      ['half approved', 'approve deny', 'withdraw', 'not-me'],
      ['approved', 'revoke', 'revoke', 'show-code not-me'],
      ['approved again', 'revoke', 'revoke', 'show-code not-me'],
      ['active', 'revoke', 'extend revoke', 'does-not-work not-me'],
      ['ended: used', '', '', 'set-up not-me'],
    ])
  })

  it('let the subject say *Not me* on each message, but on one of what was stopped already', () => {
    const without = everyState()
      .filter(([, state]) => !buttonsOf(subjectCard(state, links).blocks).includes('not-me'))
      .map(([name]) => name)
    expect(without.length).toBeGreaterThan(0)
    expect(without.filter((name) => !name.includes('stopped'))).toEqual([])
  })
})

/** Everything that is read in a state, titles and notifications too. */
const said = (state: KnownState): readonly string[] =>
  [...cardsOf(state, 'Dana'), ...modalsOf(state, 'Dana')].flatMap((card) => {
    const { mrkdwn, plain } = textsOf(card.blocks)
    return [...mrkdwn, ...plain, 'text' in card ? card.text : card.title.text]
  })

const buttonsIn = (states: ReturnType<typeof everyState>): readonly string[] =>
  states.map(([, state]) =>
    [approvalCard(state, { audience: 'channel' }), requesterCard(state), subjectCard(state, links)]
      .map(({ blocks }) => buttonsOf(blocks).join(' '))
      .join(' | '),
  )

describe('a card of a bypass', () => {
  const bypasses = everyState().filter(([name]) => /^(code|let-in)/u.test(name))
  it('never speaks of a pass, of Microsoft Entra, or of its sign-in page', () => {
    const wrong = bypasses.flatMap(([name, state]) =>
      said(state)
        .filter((one) => /\bpass\b|Entra|login\.example|30 seconds/u.test(one))
        .map((one) => `${name}: ${one}`),
    )
    expect(wrong).toEqual([])
  })

  it('never promises a code where the next sign-in passes without one', () => {
    const wrong = bypasses
      .filter(([name]) => name.startsWith('let-in'))
      .flatMap(([name, state]) => said(state).map((one) => `${name}: ${one}`))
      .filter((one) => /(the|your|that|this|show my) code\b(?! to anybody)/iu.test(one))
    expect(wrong).toEqual([])
  })

  it('has the buttons of a pass', () => {
    const half = bypasses.length / 2
    expect(buttonsIn(bypasses.slice(0, half))).toEqual(buttonsIn(everyPass()))
    expect(buttonsIn(bypasses.slice(half))).toEqual(buttonsIn(everyPass()))
  })
})

describe('every card', () => {
  it('names its exception, so that people can speak about it', () => {
    for (const [, state] of everyState()) {
      const cards = [
        approvalCard(state, { audience: 'channel' }),
        requesterCard(state),
        subjectCard(state, links),
        securityCard(state, 'stopped'),
      ]
      for (const card of cards) expect(textsOf(card.blocks).mrkdwn.join()).toContain(idText(state))
    }
  })

  it('mentions nobody: names are names', () => {
    const all = everyState().flatMap(([, state]) =>
      cardsOf(state, 'Dana').flatMap((card) => textsOf(card.blocks).mrkdwn),
    )
    expect(all.join('\n')).not.toMatch(/<[@#]|<!(?!date)/u)
  })

  it('says who denied or revoked and in what words', () => {
    for (const outcome of ['denied', 'revoked'] as const) {
      const [, state] = everyState().find(([name]) => name === `ended: ${outcome}`) ?? ['', waiting()]
      const notices = noticesFor(9, { at: 0, type: 'ended', outcome }, state)
      const { mrkdwn, plain } = textsOf(notices.flatMap(({ card }) => card.blocks))
      expect(mrkdwn.join()).toContain('by Marco Silva')
      expect(plain.join()).toContain('Lost her phone on the train')
    }
  })

  it('tells every outcome apart', () => {
    const says = outcomes.map((outcome) => {
      const [, state] = everyState().find(([name]) => name === `ended: ${outcome}`) ?? ['', waiting()]
      return requesterCard(state).text
    })
    expect(new Set(says).size).toBe(outcomes.length)
  })
})
