import { describe, expect, it } from 'vitest'
import { alarmCard } from '../../../src/core/card/alarm.ts'
import { followUpMessages, lastCards } from '../../../src/core/card/follow-up-messages.ts'
import { helpCard, listCard, statusCard } from '../../../src/core/card/list-cards.ts'
import { noticesFor } from '../../../src/core/card/notices.ts'
import { parseDuration } from '../../../src/core/duration.ts'
import { followUpStart } from '../../../src/core/follow-up/start.ts'
import { allKinds } from '../../../src/core/kinds.ts'
import { buttonsOf, messageProblems, readIn } from './block-rules.ts'
import {
  active,
  approved,
  asked,
  ended,
  ending,
  exceptionId,
  links,
  method,
  ofBypass,
  outcomes,
  overBy,
  waiting,
} from './states.ts'

const at = asked
const by = { person: 'entra:dana', team: 'T1', user: 'U0DANA' } as const

const audiences = (notices: ReturnType<typeof noticesFor>): readonly string[] =>
  notices.map(({ audience }) => audience)

describe('who hears of a fact at once', () => {
  it('is security and every approver when a code was not seen', () => {
    const notices = noticesFor(7, { at, type: 'not-seen', by }, ending('not-seen'))
    expect(audiences(notices)).toEqual(['security', 'approvers'])
    expect(notices[0]?.key).toBe('notice/7')
  })

  it('is security when the subject stops it', () => {
    const [notice] = noticesFor(7, { at, type: 'stopped', by }, ending('stopped'))
    expect(notice?.audience).toBe('security')
    expect(readIn(notice?.card.blocks ?? [])).toContain('Dana Cruz did not ask for this pass')
    expect(readIn(notice?.card.blocks ?? [])).toContain('This card will say when it is gone.')
  })

  it('is security once more, in the same message, when what was stopped is gone', () => {
    const [begun] = noticesFor(7, { at, type: 'stopped', by }, ending('stopped'))
    const done = noticesFor(9, { at, type: 'ended', outcome: 'stopped' }, ended('stopped'))
    expect(audiences(done)).toEqual(['security', 'requester'])
    expect(done[0]?.key).toBe(begun?.key)
    expect(readIn(done[0]?.card.blocks ?? [])).toMatch(/Since .*13:15 UTC> nothing of the pass is alive\./u)
    expect(noticesFor(7, { at, type: 'stopped', by }, ended('stopped'))).toEqual([])
  })

  it('is the requester when somebody else or the clock ended it', () => {
    const told = outcomes.filter((outcome) =>
      audiences(noticesFor(7, { at, type: 'ended', outcome }, ended(outcome))).includes('requester'),
    )
    expect(outcomes.filter((outcome) => !told.includes(outcome))).toEqual([
      'refused',
      'withdrawn',
      'used',
      'replaced',
    ])
  })

  it('is security when a message was forged, and a pass that is alive can be revoked there', () => {
    const [notice] = noticesFor(7, { at, type: 'forged', said: 'approve' }, active())
    expect(buttonsOf(notice?.card.blocks ?? [])).toEqual(['revoke'])
  })

  it('is security when too many wrong codes voided it, and nobody is said to have revoked it', () => {
    const state = ofBypass(overBy('voided'), 'code')
    const [notice] = noticesFor(7, { at, type: 'voided' }, state)
    expect(notice?.audience).toBe('security')
    const says = readIn(notice?.card.blocks ?? [])
    expect(says).toContain('Wrong codes: a VPN bypass for Dana Cruz')
    expect(says).toContain('Too many wrong codes were tried, so it is void.')
    expect(says).not.toContain('revoked')
  })

  it('is told of a code that was not seen in words that stay true', () => {
    const notices = noticesFor(7, { at, type: 'not-seen', by }, ending('not-seen'))
    for (const { card } of notices) expect(readIn(card.blocks)).not.toMatch(/is being ended|until/u)
  })

  it('is security when a revoked pass had been used, and nobody otherwise', () => {
    const revoked = { at, type: 'revoked', wasUsed: true, sessionsRevoked: true, methodsAdded: [] } as const
    expect(audiences(noticesFor(7, revoked, ended('revoked')))).toEqual(['security'])
    expect(noticesFor(7, { ...revoked, wasUsed: false }, ended('revoked'))).toEqual([])
  })

  it('is the subject’s manager once the pass is approved, whoever decided', () => {
    const approval = {
      at,
      type: 'approved',
      by,
      checked: 'video',
      complete: true,
      details: { name: 'Marco Silva' },
    } as const
    expect(audiences(noticesFor(7, approval, approved()))).toEqual(['manager'])
    expect(noticesFor(7, { ...approval, complete: false }, waiting())).toEqual([])
  })

  it('is the approvers while nobody decides, in a message without buttons: the card has them', () => {
    const [notice] = noticesFor(7, { at, type: 'pinged' }, waiting())
    expect(notice?.audience).toBe('approvers')
    expect(buttonsOf(notice?.card.blocks ?? [])).toEqual([])
  })

  it('is nobody for facts that the cards tell', () => {
    expect(noticesFor(7, { at, type: 'used' }, ended('used'))).toEqual([])
  })
})

describe('who hears what in a follow-up', () => {
  const start = followUpStart(
    ended('used', undefined, { plan: active().plan, shownAt: at, methodsBefore: [method('Old phone')] }),
  )
  if (start === undefined) throw new Error('There is nothing to follow up.')

  it.each([
    [{ at, type: 'reminder-due', number: 1, of: 2 }, ['subject']],
    [{ at, type: 'phone-asked', until: at }, ['subject']],
    [{ at, type: 'still-missing' }, ['requester']],
    [{ at, type: 'evidence-seen', methods: [method('Passkey')] }, ['subject', 'manager']],
    [{ at, type: 'follow-up-closed', because: 'evidence' }, ['requester']],
    [{ at, type: 'phone-back-said', by }, []],
  ] as const)('is, after %o: %s', (fact, readers) => {
    const messages = followUpMessages(start, fact, 4, links)
    const posted = messages.filter(({ superseded }) => superseded !== true)
    expect(posted.map(({ audience }) => audience)).toEqual(readers)
    expect(new Set(messages.map(({ key }) => key)).size).toBe(messages.length)
    expect(messages.flatMap(({ card }) => messageProblems(card.blocks))).toEqual([])
  })

  it('lets the subject say that a new method is not theirs', () => {
    const methods = [method('Passkey, YubiKey')]
    const messages = followUpMessages(start, { at, type: 'evidence-seen', methods }, 4, links)
    const [toSubject, toManager] = messages.filter(({ superseded }) => superseded !== true)
    expect(readIn(toSubject?.card.blocks ?? [])).toContain('Passkey, YubiKey')
    expect(buttonsOf(toSubject?.card.blocks ?? [])).toEqual(['not-me'])
    expect(readIn(toManager?.card.blocks ?? [])).toContain('Passkey, YubiKey')
  })
})

describe('what was asked for before the follow-up was done', () => {
  const start = followUpStart(ended('used', undefined, { plan: active().plan, shownAt: at }))
  if (start === undefined) throw new Error('There is nothing to follow up.')
  const wordsOf = (fact: Parameters<typeof followUpMessages>[1]) =>
    new Map(
      followUpMessages(start, fact, 4, links)
        .filter(({ superseded }) => superseded)
        .map(({ key, card }) => [key, card]),
    )

  it('is taken back where it stands: every reminder, and the call for help', () => {
    const earlier = wordsOf({ at, type: 'evidence-seen', methods: [method('Passkey')] })
    expect([...earlier.keys()]).toEqual(
      [1, 2, 3].flatMap((one) => [`follow-up/${one}/subject`, `follow-up/${one}/requester`]),
    )
    const reminder = earlier.get('follow-up/2/subject')
    expect(readIn(reminder?.blocks ?? [])).toContain('*Done:* a new sign-in method was added, Passkey.')
    expect(buttonsOf(reminder?.blocks ?? [])).toEqual(['not-me'])
    expect(earlier.get('follow-up/3/requester')?.text).toContain('Dana Cruz has a new sign-in method.')
  })

  it('keeps *Not me* once the phone is back: somebody else may have said so', () => {
    const reminder = wordsOf({ at, type: 'phone-back-said', by }).get('follow-up/2/subject')
    expect(buttonsOf(reminder?.blocks ?? [])).toEqual(['not-me'])
    expect(reminder?.text).toBe('Done: your phone is back.')
  })

  it('leaves the cards of an exception that was not used', () => {
    const done = { at, type: 'evidence-seen', methods: [method('Passkey')] } as const
    expect(lastCards(ended('revoked'), done, links)).toEqual([])
    expect(lastCards(ended('used'), done, links).map(({ key }) => key)).toEqual(['requester', 'subject/over'])
  })
})

describe('an alarm', () => {
  it('says what happened and where, for every kind', () => {
    const kinds = [
      'forged-grant',
      'forged-message',
      'forged-revocation',
      'attempt-replayed',
      'ledger-conflict',
    ] as const
    const cards = kinds.map((what) =>
      alarmCard({ at, type: 'alarm', about: `exception/${exceptionId}`, what }),
    )
    expect(cards.flatMap(({ blocks }) => messageProblems(blocks))).toEqual([])
    expect(new Set(cards.map(({ text }) => text)).size).toBe(kinds.length)
    for (const { blocks } of cards) expect(readIn(blocks)).toContain(exceptionId)
  })
})

describe('lists', () => {
  const view = {
    exceptionId,
    displayId: 'TAP-7F3K-Q2MD',
    state: active(),
    followUp: undefined,
    revocations: [],
  }

  it('show twenty and say how many more there are', () => {
    const { blocks } = listCard(
      Array.from({ length: 50 }, () => view),
      'Open now',
    )
    expect(blocks).toHaveLength(22)
    expect(readIn(blocks)).toContain('and 30 more')
  })

  it('say so when they are empty', () => {
    expect(readIn(listCard([], 'Open now').blocks)).toContain('Nothing here.')
  })

  it.each(allKinds)('show an example of more time that adds some to the example of a %s', (kind) => {
    const words = readIn(helpCard(kind, '/it', ['vpn']).blocks)
    const [, first = ''] = /@person (\w+)/.exec(words) ?? []
    const [, more = ''] = /extend \S+ (\w+)/.exec(words) ?? []
    expect(parseDuration(more)).toBeGreaterThan(parseDuration(first) ?? Infinity)
  })

  it('show one exception with its story and its follow-up', () => {
    const words = readIn(statusCard({ ...view, followUp: { status: 'open', reminders: 2 } }).blocks)
    expect(words).toContain('Hanna Weiss asked for a pass for Dana Cruz, 1 hour.')
    expect(words).toContain('Marco Silva approved; checked by calling back.')
    expect(words).toContain('reminders sent: 2')
    const notAtHand = { ...view.state.request, category: 'not-at-hand' } as const
    const phone = { ...view, state: { ...view.state, request: notAtHand } }
    const wordsAfter = (reminders: number): string =>
      readIn(statusCard({ ...phone, followUp: { status: 'open', reminders } }).blocks)
    expect(wordsAfter(0)).toContain('is not asked yet whether the phone is back')
    expect(wordsAfter(1)).toContain('was asked whether the phone is back, and has not answered yet')
  })

  it('say in the help of a bypass how its application is named, and which there are', () => {
    const words = readIn(helpCard('bypass', '/bypass', ['vpn', 'mail']).blocks)
    expect(words).toContain('`/bypass @person 300s for vpn INC123 phone at home` asks for a bypass')
    expect(words).toContain('After *for*: vpn, mail')
    expect(words).toContain('`/bypass status BYP-7F3K-Q2MD`')
  })

  it('use the configured name of the command in the help', () => {
    const { blocks, text } = helpCard('tap', '/pass', [])
    expect(messageProblems(blocks)).toEqual([])
    expect(readIn(blocks)).toContain('`/pass list`')
    expect(`${readIn(blocks)} ${text}`).not.toContain('/tap')
  })
})
