import type { Said } from '../../envelope/statement.ts'
import type { KnownState } from '../../exception/state.ts'
import type { RevocationFact, RevocationFactOf } from '../../revocation/fact.ts'
import { clockTime, dayAndTime } from '../clock.ts'
import { joined, quoted, say, type Markup } from '../markup.ts'
import { aNounOf, nounOf, providerNames } from './kinds.ts'
import { methodNames } from './story.ts'

/** Longest reason in a line of a story, in UTF-16 units. */
const longestReason = 200

/** What security and the speaker read about a word that was carried out, or refused, outside the workflow. */
export const directRevocationText = {
  title: ({ said }: RevocationFact, state: KnownState): string => {
    const { subjectName } = state.request
    return said === 'not-me'
      ? `${subjectName} pressed Not me`
      : `Revoked: ${aNounOf(state)} for ${subjectName}`
  },
  done: ({ said, at, details }: RevocationFact, state: KnownState): Markup => {
    const { subjectName, requesterName, provider } = state.request
    return joined(
      ' ',
      said === 'not-me'
        ? say`${details.name} pressed *Not me* about the ${nounOf(state)} that ${requesterName} asked for.`
        : say`${details.name} revoked the ${nounOf(state)} for ${subjectName}.`,
      say`Since ${dayAndTime(at)} nothing of it is alive, as ${providerNames[provider]} confirms.`,
    )
  },
  over: (): Markup => say`*It is over.*`,
  refused: (said: Said['kind'], state: KnownState): Markup => {
    const { subjectName } = state.request
    return joined(
      ' ',
      say`*The ${nounOf(state)} for ${subjectName} was not ended.*`,
      said === 'not-me'
        ? say`*Not me* is for ${subjectName} alone. Ask security to revoke it.`
        : say`Only whoever asked for it, whoever may approve it, ${subjectName} and security may revoke it. Ask one of them.`,
    )
  },
} as const

/** The line of a story about such a word. */
export function revocationLine(fact: RevocationFact, since: number): Markup {
  const { said, saidAt, details } = fact
  const at = clockTime(saidAt, since)
  if (fact.type === 'revocation-refused') {
    if (fact.refusal.code === 'over')
      return say`${at} ${details.name} tried to revoke it, too late; nothing was ended.`
    return said === 'not-me'
      ? say`${at} ${details.name} pressed *Not me*, which is for somebody else; nothing was ended.`
      : say`${at} ${details.name} tried to revoke it, but may not; nothing was ended.`
  }
  const pressed =
    said === 'not-me' ? say`${at} ${details.name} pressed *Not me*` : say`${at} ${details.name} revoked it`
  return joined(' ', say`${pressed}: ${whatWasDone(fact)}.`, inTheWordsOf(fact))
}

function whatWasDone({ sessionsRevoked, methodsAdded }: RevocationFactOf<'revoked-directly'>): Markup {
  const done = sessionsRevoked ? say`signed out everywhere` : say`nothing of it is alive any more`
  return methodsAdded.length > 0
    ? say`${done}; sign-in methods added meanwhile: ${methodNames(methodsAdded)}`
    : done
}

function inTheWordsOf({ details }: RevocationFactOf<'revoked-directly'>): Markup | undefined {
  return details.reason === undefined ? undefined : say`“${quoted(details.reason, longestReason)}”`
}
