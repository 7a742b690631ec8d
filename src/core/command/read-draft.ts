import type { Category } from '../envelope/statement.ts'
import { shortened } from './clean-text.ts'
import type { Draft, DraftProblem, Who } from './command.ts'
import { longestReason } from '../policy/check-request.ts'
import { findDuration } from './find-duration.ts'
import { findTicket } from './find-ticket.ts'
import { guessCategory } from './guess-category.ts'
import { textOf, type Word } from './words.ts'

/** As many UTF-16 units of a reason as fit into every message of Slack; what is longer than this is cut. */
export const longestKeptReason = 2900

/** What a word, or several, turned out to be. A duration that can't be one has no seconds. */
type Part =
  | { readonly kind: 'person'; readonly who: Who }
  | { readonly kind: 'duration'; readonly seconds: number | undefined; readonly length: number }
  | { readonly kind: 'ticket'; readonly text: string }
  | { readonly kind: 'application'; readonly name: string }
  | { readonly kind: 'rest'; readonly word: Word }

/**
 * Reads a request whose parts come in any order: people, durations and the ticket are taken out wherever they stand
 * outside quotes, and what is left is the reason. Problems say what the form has to ask.
 */
export function readDraft(words: readonly Word[], applications: readonly string[]): Draft {
  const parts = partsOf(words, applications)
  const [subject, ...others] = distinct(parts.flatMap((part) => (part.kind === 'person' ? [part.who] : [])))
  const durations = parts.flatMap((part) => (part.kind === 'duration' ? [part.seconds] : []))
  const duration = durations.find((seconds) => seconds !== undefined)
  const ticket = parts.find((part) => part.kind === 'ticket')?.text
  const application = applicationOf(parts, applications)
  const whole = reasonOf(reasonWords(parts))
  const reason = shortened(whole, longestKeptReason)
  const category = guessCategory(reason)
  return {
    ...(subject && { subject }),
    ...(duration !== undefined && { duration }),
    ...(application !== undefined && { application }),
    ...(ticket !== undefined && { ticket }),
    ...(reason !== '' && { reason }),
    ...(category && { category }),
    problems: [
      ...subjectProblems(subject, others),
      ...durationProblems(durations),
      ...applicationProblems(application, applications),
      ...reasonProblems(whole),
      ...categoryProblems(category),
    ],
  }
}

function partsOf(words: readonly Word[], applications: readonly string[]): readonly Part[] {
  const ticket = findTicket(words)
  const parts: Part[] = []
  let inHead = true
  let next = 0
  for (const [index, word] of words.entries()) {
    if (index < next) continue
    const offered: readonly string[] = inHead && isFor(parts.at(-1)) ? applications : []
    const part: Part =
      index === ticket?.index ? ticket : partOf(word, offered, findDuration(words, index, inHead))
    parts.push(part)
    inHead &&= part.kind !== 'rest' || isFor(part)
    next = index + (part.kind === 'duration' ? part.length : 1)
  }
  return parts
}

/** The one that was named, or the only one that there is. */
function applicationOf(parts: readonly Part[], applications: readonly string[]): string | undefined {
  const named = parts.find((part) => part.kind === 'application')?.name
  return named ?? (applications.length === 1 ? applications[0] : undefined)
}

/** An application after a `for` is one that the policy names; anything else there is part of the reason. */
function partOf(word: Word, applications: readonly string[], duration: Part | undefined): Part {
  if (word.kind === 'who') return { kind: 'person', who: word.who }
  const name = textOf(word).toLowerCase()
  return applications.includes(name) ? { kind: 'application', name } : (duration ?? { kind: 'rest', word })
}

/** A `for` before what was taken out goes with it, and so does the punctuation after it. */
function reasonWords(parts: readonly Part[]): readonly Word[] {
  const kept = parts.flatMap((part, index) => {
    if (part.kind !== 'rest') return []
    const after = parts[index + 1]
    if (isFor(part) && after !== undefined && after.kind !== 'rest') return []
    return isPunctuation(part.word) && parts[index - 1]?.kind !== 'rest' ? [] : [part.word]
  })
  return kept.slice(0, kept.findLastIndex((word) => !isPunctuation(word)) + 1)
}

function isFor(part: Part | undefined): boolean {
  return part?.kind === 'rest' && part.word.kind === 'plain' && part.word.text.toLowerCase() === 'for'
}

function isPunctuation(word: Word): boolean {
  return word.kind === 'plain' && /^[,;:.()[\]|–—-]+$/.test(word.text)
}

function distinct(people: readonly Who[]): readonly Who[] {
  return [...new Map(people.map((who) => [JSON.stringify(who), who])).values()]
}

/** Quotes around the whole reason are not part of it. */
function reasonOf(words: readonly Word[]): string {
  const [only] = words
  if (words.length === 1 && only !== undefined) return textOf(only)
  return words.map((word) => (word.kind === 'quoted' ? `"${word.text}"` : textOf(word))).join(' ')
}

function subjectProblems(subject: Who | undefined, others: readonly Who[]): readonly DraftProblem[] {
  if (subject === undefined) return ['no-subject']
  if (others.length > 0) return ['two-subjects']
  return 'handle' in subject ? ['handle-not-linked'] : []
}

function durationProblems(durations: readonly (number | undefined)[]): readonly DraftProblem[] {
  if (durations.includes(undefined)) return ['bad-duration']
  return new Set(durations).size > 1 ? ['two-durations'] : []
}

function categoryProblems(category: Category | undefined): readonly DraftProblem[] {
  return category ? [] : ['no-category']
}

function applicationProblems(
  application: string | undefined,
  applications: readonly string[],
): readonly DraftProblem[] {
  return applications.length > 0 && application === undefined ? ['no-application'] : []
}

function reasonProblems(reason: string): readonly DraftProblem[] {
  if (reason === '') return ['no-reason']
  return reason.length > longestReason ? ['reason-too-long'] : []
}
