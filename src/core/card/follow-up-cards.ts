import type { FollowUpStart } from '../follow-up/start.ts'
import type { Closed, Done } from '../follow-up/fact.ts'
import { endsByWord } from '../follow-up/rules.ts'
import { displayId, type ExceptionId } from '../ids.ts'
import type { Method } from '../ports.ts'
import { followUpText, subjectText } from '../text/en.ts'
import { joined, say, spoken, type Markup } from '../text/markup.ts'
import { button, buttons, context, linkButton, section } from './blocks.ts'
import type { Card, Links } from './card.ts'

/** What the cards of a follow-up say of it. */
export type Followed = Pick<
  FollowUpStart,
  'exceptionId' | 'newest' | 'kind' | 'subjectName' | 'category' | 'methodsBefore'
>

/** Which reminder this is. */
export type Count = { readonly number: number; readonly of: number }

/** One reminder to the subject to set up a method. */
export function reminderCard(followed: Followed, { number, of }: Count, links: Links): Card {
  const { exceptionId, methodsBefore, subjectName } = followed
  const lost = methodsBefore.filter((method) => method.strong)
  return {
    text: spoken(followUpText.noMethodPush()),
    blocks: [
      section(followUpText.noMethod(subjectName)),
      buttons(exceptionId, linkButton(links.securityInfo), notMe(followed)),
      ...(lost.length > 0 ? [section(followUpText.listed(lost))] : []),
      context(joined(' ', followUpText.byMyself(number, of), followUpText.thenHelp(), idOf(followed))),
    ],
  }
}

/** The one question where nothing was lost. `until` (epoch milliseconds) is when the requester is asked instead. */
export function phoneBackCard(followed: Followed, until: number): Card {
  const { exceptionId } = followed
  const back = button('phoneBack', exceptionId, { about: idText(followed), style: 'primary' })
  return {
    text: spoken(followUpText.phoneBackPush()),
    blocks: [
      section(followUpText.phoneBack(followed.subjectName)),
      buttons(exceptionId, back, notMe(followed)),
      context(joined(' ', followUpText.askedOnce(until), idOf(followed))),
    ],
  }
}

/** What a reminder becomes when there is nothing to remind of any more. */
export function reminderDoneCard(followed: Followed, done: Done): Card {
  const says = followUpText.done(done)
  const stop = buttons(followed.exceptionId, notMe(followed))
  return { text: spoken(says), blocks: [section(says), stop, context(idOf(followed))] }
}

/** What the call for help becomes. */
export function escalationDoneCard(followed: Followed, done: Done): Card {
  return followUpClosedCard(followed, done.type === 'evidence-seen' ? 'evidence' : 'phone-back')
}

/** What a question becomes when a newer one is asked. */
export function askedBelowCard(followed: Followed): Card {
  const says = subjectText.seeBelow()
  return { text: spoken(says), blocks: [context(joined(' ', says, idOf(followed)))] }
}

/** What the call for help becomes when the follow-up begins anew. */
export function begunAnewCard(followed: Followed): Card {
  return saying(followed, followUpText.begunAnew(followed.subjectName))
}

/** Which method was added. An intruder's phone must not close the loop quietly, so the subject can say *Not me*. */
export function evidenceCard(followed: Followed, methods: readonly Method[], links: Links): Card {
  return {
    text: spoken(followUpText.evidencePush.subject()),
    blocks: [
      section(joined(' ', followUpText.evidence.subject(methods), followUpText.manage(links.securityInfo))),
      buttons(followed.exceptionId, notMe(followed)),
      context(joined(' ', followUpText.evidenceNotMe.subject(), idOf(followed))),
    ],
  }
}

/** The same for the subject's manager, who may know better than an intruder would like. */
export function evidenceNotice(followed: Followed, methods: readonly Method[]): Card {
  const { subjectName } = followed
  return {
    text: spoken(followUpText.evidencePush.manager(subjectName)),
    blocks: [
      section(followUpText.evidence.manager(subjectName, methods)),
      context(joined(' ', followUpText.evidenceNotMe.manager(subjectName), idOf(followed))),
    ],
  }
}

/** The end of the follow-up, for the requester. */
export function followUpClosedCard(followed: Followed, because: Closed): Card {
  return saying(followed, followUpText.closed[because](followed.subjectName))
}

/** To the requester when the schedule is over: the subject needs a person now. */
export function escalationCard(followed: Followed, reminders: number, links: Links): Card {
  const { subjectName, category } = followed
  if (endsByWord(category)) return saying(followed, followUpText.escalatedPhone(subjectName))
  const next = followUpText.escalatedNext(subjectName, links.securityInfo)
  return saying(followed, followUpText.escalated(subjectName, reminders), next)
}

function saying(followed: Followed, says: Markup, next?: Markup): Card {
  return { text: spoken(says), blocks: [section(joined(' ', says, next)), context(idOf(followed))] }
}

function notMe(followed: Followed): ReturnType<typeof button> {
  return button('notMe', newestOf(followed), { about: idText(followed), style: 'danger' })
}

function idOf(followed: Followed): Markup {
  return say`${idText(followed)}`
}

function idText(followed: Followed): string {
  return displayId(followed.kind, newestOf(followed))
}

/** What people read and stop is the exception that ended last; the follow-up itself is named after the first. */
function newestOf({ exceptionId, newest = exceptionId }: Followed): ExceptionId {
  return newest
}
