import type { Fact, FactOf, Outcome } from '../exception/fact.ts'
import { noticeText, requesterText, whyLine } from '../text/en.ts'
import { joined, quoted, say, spoken } from '../text/markup.ts'
import { button, buttons, context, header, limits, plainSection, section } from './blocks.ts'
import type { Card, KnownState } from './card.ts'
import { headline, idsOf, idText, stopReason, story } from './story.ts'

/** A message that is new, beside the cards that are kept up to date. The key is its own within the exception. */
export type Notice = {
  readonly key: string
  readonly audience: 'approvers' | 'security' | 'manager' | 'requester'
  readonly card: Card
}

/** Who has to hear of a fact at once. `seq` is the fact's place in its chain, `state` what it led to. */
export function noticesFor(seq: number, fact: Fact, state: KnownState): readonly Notice[] {
  const key = `notice/${seq}`
  const security = (matter: SecurityMatter): Notice => ({
    key,
    audience: 'security',
    card: securityCard(state, matter),
  })
  if (fact.type === 'pinged') return [{ key, audience: 'approvers', card: pingCard(state) }]
  if (fact.type === 'approved' && fact.complete)
    return [{ key, audience: 'manager', card: managerNotice(state) }]
  if (fact.type === 'not-seen')
    return [security(fact.type), { key, audience: 'approvers', card: notSeenCard(state) }]
  if (fact.type === 'revoked' && fact.wasUsed) return [security('revoked-after-use')]
  if (fact.type === 'stopped') return stopNotices(state)
  if (isAlarming(fact)) return [security(fact.type)]
  return fact.type === 'ended' ? endNotices(key, fact.outcome, state) : []
}

function isAlarming(fact: Fact): fact is FactOf<'forged' | 'vanished' | 'voided'> {
  return fact.type === 'forged' || fact.type === 'vanished' || fact.type === 'voided'
}

/** A stop that is over already is told with its end. */
function stopNotices(state: KnownState): readonly Notice[] {
  return state.status === 'ended' ? [] : [stoppedNotice(state)]
}

/** One message: it says that it is being ended, and then since when it is gone. */
function stoppedNotice(state: KnownState): Notice {
  return { key: 'notice/stopped', audience: 'security', card: securityCard(state, 'stopped') }
}

function endNotices(key: string, outcome: Outcome, state: KnownState): readonly Notice[] {
  const requester = { key, audience: 'requester', card: endNotice(state) } as const
  return [
    // A case has a card of its own in the same channel.
    ...(outcome === 'stopped' && !isForCase(state) ? [stoppedNotice(state)] : []),
    ...(isNewsToRequester(outcome) ? [requester] : []),
  ]
}

function isForCase(state: KnownState): boolean {
  return 'stop' in state && state.stop?.case !== undefined
}

/** Ends by which somebody else, or the clock, decided: the requester hears of them by a new message. */
export function isNewsToRequester(outcome: Outcome): boolean {
  return outcome !== 'refused' && outcome !== 'withdrawn' && outcome !== 'used' && outcome !== 'replaced'
}

/** What security is told of. */
export type SecurityMatter = 'stopped' | 'revoked-after-use' | 'forged' | 'not-seen' | 'vanished' | 'voided'

/** The card in security's channel: what happened, what to do, the whole story. */
export function securityCard(state: KnownState, matter: SecurityMatter): Card {
  const { request } = state
  const { title, next } = noticeText[matter]
  const says = matter === 'not-seen' ? noticeText[matter].says(state) : headline(state)
  const then = state.status === 'ending' && matter === 'stopped' ? noticeText.stopped.ending() : undefined
  const alive = state.status === 'approved' || state.status === 'active'
  const revoke = button('revoke', request.exceptionId, { about: idText(state), style: 'danger' })
  return {
    text: spoken(say`${quoted(title(state), limits.header)}. ${says}`),
    blocks: [
      header(title(state)),
      section(joined(' ', says, then, next(state))),
      ...stopReason(state),
      context(story(state)),
      plainSection(whyLine(request)),
      ...(alive ? [buttons(request.exceptionId, revoke)] : []),
      context(idsOf(state)),
    ],
  }
}

/** What the subject's manager is told, whoever decided: a pass stands in for a password, too. */
export function managerNotice(state: KnownState): Card {
  return told(state, joined(' ', headline(state), noticeText.manager(state.request)))
}

/** To the approvers while nobody has decided. The card above has the buttons, so that only one card ever has them. */
function pingCard(state: KnownState): Card {
  return told(state, joined(' ', headline(state), noticeText.ping()))
}

function notSeenCard(state: KnownState): Card {
  return told(state, joined(' ', noticeText['not-seen'].says(state), noticeText['not-seen'].next(state)))
}

/** The end, and what the requester can do about it; the card above it only points here. */
function endNotice(state: KnownState): Card {
  const next = state.status === 'ended' ? requesterText.next[state.outcome](state) : undefined
  const says = joined(' ', headline(state), next)
  return { text: spoken(says), blocks: [section(says), ...stopReason(state), context(idsOf(state))] }
}

function told(state: KnownState, says: ReturnType<typeof headline>): Card {
  return { text: spoken(says), blocks: [section(says), context(story(state)), context(idsOf(state))] }
}
