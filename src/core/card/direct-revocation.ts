import { afterUse, directRevocationText, noticeText, reasonLine } from '../text/en.ts'
import type { RevocationFactOf } from '../revocation/fact.ts'
import { joined, spoken, type Markup } from '../text/markup.ts'
import { context, header, plainSection, section } from './blocks.ts'
import type { Card, KnownState } from './card.ts'
import { headline, idOf, story } from './story.ts'

/** To the speaker: what was found and done outside the workflow. */
export function directRevocationCard(state: KnownState, fact: RevocationFactOf<'revoked-directly'>): Card {
  const says = done(state, fact)
  return { text: spoken(says), blocks: [section(says), context(idOf(state))] }
}

/** To security: who ended what, what was found, and whom to call. */
export function directRevocationNotice(state: KnownState, fact: RevocationFactOf<'revoked-directly'>): Card {
  const title = directRevocationText.title(fact, state)
  const next = fact.said === 'not-me' ? noticeText.stopped.next(state) : undefined
  const { reason } = fact.details
  return {
    text: spoken(done(state, fact)),
    blocks: [
      header(title),
      section(joined(' ', done(state, fact), next)),
      ...(reason ? [plainSection(reasonLine(reason))] : []),
      context(story(state)),
      context(idOf(state)),
    ],
  }
}

/** To the speaker: why nothing was ended, and who could. */
export function revocationRefusedCard(state: KnownState, fact: RevocationFactOf<'revocation-refused'>): Card {
  const says =
    fact.refusal.code === 'over' ? overForGood(state) : directRevocationText.refused(fact.said, state)
  return { text: spoken(says), blocks: [section(says), context(idOf(state))] }
}

/** That nothing is left to revoke, and how it ended. */
export function overForGood(state: KnownState): Markup {
  return joined(' ', directRevocationText.over(), headline(state))
}

function done(state: KnownState, fact: RevocationFactOf<'revoked-directly'>) {
  const { request } = state
  return joined(' ', directRevocationText.done(fact, state), afterUse({ request, ...fact }))
}
