import { describe, expect, it } from 'vitest'
import { approvalCard } from '../../../src/core/card/approval.ts'
import type { Card, KnownState, Modal } from '../../../src/core/card/card.ts'
import { codeComing, codeMessage, codeSent } from '../../../src/core/card/code-message.ts'
import { codeHidden, codeLoading, codeShown, doesNotWork, type Shown } from '../../../src/core/card/code.ts'
import { approveForm, denyForm, revokeForm } from '../../../src/core/card/decision-forms.ts'
import { directRevocationCard, directRevocationNotice } from '../../../src/core/card/direct-revocation.ts'
import { extendForm } from '../../../src/core/card/extend-form.ts'
import { statusCard } from '../../../src/core/card/list-cards.ts'
import { managerNotice, securityCard } from '../../../src/core/card/notices.ts'
import { requesterCard } from '../../../src/core/card/requester.ts'
import { requestForm } from '../../../src/core/card/request-form.ts'
import { subjectMessages } from '../../../src/core/card/subject.ts'
import type { StateOf } from '../../../src/core/exception/state.ts'
import { textsOf } from './block-rules.ts'
import { active, asDrill, asked, plainWords, waiting, everyDrill, exceptionId, links } from './states.ts'

const terms = { shortest: 10, longest: 3600, step: 1 }
const drill = asDrill(active())
const shown: Shown = {
  exceptionId,
  code: 'ABCD-EFGH',
  lease: drill.lease,
  hiddenAt: drill.shownAt + 60_000,
  opens: drill.plan.opens,
  category: 'lost',
  replaces: false,
}

type Told = { readonly name: string; readonly read: string; readonly pushed: string }

/** What people read of a message or a window, and what is pushed, or stands in its title. */
function told(name: string, card: Card | Modal): Told {
  const { mrkdwn } = textsOf(card.blocks)
  return { name, read: mrkdwn.join('\n'), pushed: 'text' in card ? card.text : card.title.text }
}

function messagesOf(state: KnownState): readonly Card[] {
  const by = { person: 'entra:dana', team: 'T1', user: 'U0DANA' } as const
  const found = { wasUsed: false, sessionsRevoked: false, methodsAdded: [] } as const
  const word = { type: 'revoked-directly', at: asked, saidAt: asked, exceptionId, by, ...found } as const
  const stopped = { ...word, said: 'not-me', details: { name: 'Dana Cruz' } } as const
  const view = { exceptionId, displayId: 'DRILL-7F3K-Q2MD', state, followUp: undefined, revocations: [] }
  return [
    approvalCard(state, { audience: 'channel' }),
    approvalCard(state, { audience: 'approver', via: 'manager' }),
    requesterCard(state),
    ...subjectMessages(state, links).flatMap(({ card, superseded }) => (superseded ? [] : [card])),
    managerNotice(state),
    ...(['stopped', 'forged', 'not-seen', 'vanished', 'voided'] as const).map((matter) =>
      securityCard(state, matter),
    ),
    directRevocationCard(state, stopped),
    directRevocationNotice(state, stopped),
    statusCard(view),
  ]
}

function decisionsOn(state: KnownState): readonly Modal[] {
  if (state.status === 'waiting') return [approveForm(state), denyForm(state), revokeForm(state)]
  return state.status === 'approved' || state.status === 'active' ? [revokeForm(state)] : []
}

const extendAgain = (state: StateOf<'active'>): Modal => extendForm(state, { draft: {}, problems: {}, terms })
const request = requestForm({
  kind: 'drill',
  applications: [],
  draft: {},
  problems: {},
  terms,
  ticketRequired: false,
})

const messages = everyDrill().flatMap(([name, state]) => messagesOf(state).map((card) => told(name, card)))
const forms = [
  ...everyDrill().flatMap(([name, state]) =>
    [...decisionsOn(state), doesNotWork(state)].map((form) => told(name, form)),
  ),
  told('more time', extendAgain(drill)),
  told('request', request),
]
const code = [
  codeLoading(exceptionId, shown.hiddenAt, shown.opens),
  codeShown(shown),
  codeHidden(drill),
  codeComing(shown),
  codeMessage({ ...shown, kind: 'drill' }),
  codeSent(shown),
].map((one) => told('code', one))

describe('a drill', () => {
  it('is called so in every message and in every form', () => {
    const mark = 'This is a drill: the code opens nothing.'
    expect([...messages, ...forms].filter(({ read }) => !read.includes(mark))).toEqual([])
  })

  it('is called so where the code is, and before', () => {
    expect(code.filter(({ pushed }) => !/drill/iu.test(pushed))).toEqual([])
  })

  it('is called so in what is pushed while somebody has to do something', () => {
    const open = everyDrill().filter(([, { status }]) => status !== 'ended')
    const pushed = open.flatMap(([name, state]) =>
      [approvalCard(state, { audience: 'approver', via: 'manager' }), requesterCard(state)]
        .concat(subjectMessages(state, links).flatMap((one) => (one.superseded ? [] : [one.card])))
        .map((card) => told(name, card)),
    )
    expect(pushed.filter((one) => !/drill|pressed Not me/iu.test(one.pushed))).toEqual([])
  })

  it('sends nobody to a sign-in page or to the helpdesk, and needs no second one', () => {
    const wrong = /the sign-in page|sign-in method|login\.example|locked out|call the helpdesk|still need /iu
    expect([...messages, ...forms, ...code].filter(({ read }) => wrong.test(read))).toEqual([])
  })

  it('never promises that its code works', () => {
    const promises = [...messages, ...forms, ...code].filter(({ read }) =>
      /once, |only once|session/iu.test(read),
    )
    expect(promises).toEqual([])
    expect(told('code', codeShown(shown)).read).toContain('Opens nothing; it ends at')
  })
})

/** What whoever decides reads of a request with these words. */
const offers = (words: { readonly reason: string; readonly ticket?: string }): readonly string[] => {
  const state = waiting({ ...plainWords, ...words })
  const cards = [approvalCard(state, { audience: 'approver', via: 'manager' }), approveForm(state)]
  return cards.map((card) => told('waiting', card).read)
}

describe('a request for something real', () => {
  it('whose reason calls it a drill is said to be none, to whoever decides', () => {
    const reason = 'Lost her phone'
    const drills = [
      { reason: 'This is a drill: the code opens nothing.' },
      { reason, ticket: 'DRILL-7F3K-Q2MD' },
    ]
    for (const read of drills.flatMap(offers))
      expect(read).toContain('*This is no drill, whatever the reason says.*')
    for (const read of offers({ reason })) expect(read).not.toContain('no drill')
  })
})
