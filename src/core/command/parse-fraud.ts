import type { Who } from './command.ts'
import { caseOutcomes, type CaseOutcome } from '../fraud/statement.ts'
import { shortened } from './clean-text.ts'
import { longestKeptReason } from './read-draft.ts'
import { textOf, wordsOf, type Word } from './words.ts'

/** What somebody typed after `/fraud`. Ids as they were typed. */
export type FraudCommand =
  | { readonly verb: 'help' }
  | { readonly verb: 'list' }
  | { readonly verb: 'status'; readonly id: string }
  | { readonly verb: 'note'; readonly id: string; readonly text: string }
  | {
      readonly verb: 'close'
      readonly id: string
      readonly outcome?: CaseOutcome
      readonly reason: string
    }
  /** About somebody; where nobody is named, the form asks about whom. */
  | { readonly verb: 'report'; readonly who?: Who; readonly words: string }

const longestId = 32

/** Reads it. Total: every text is some command, and whatever begins with no word of ours is a report. */
export function parseFraud(text: string): FraudCommand {
  const words = wordsOf(text)
  const [first, id, ...rest] = words
  const verb = first?.kind === 'plain' ? first.text.toLowerCase() : ''
  const about = id === undefined ? '' : shortened(textOf(id), longestId)
  switch (verb) {
    case 'help':
    case 'list':
      return { verb }
    case 'status':
      return { verb, id: about }
    case 'note':
      return { verb, id: about, text: said(rest) }
    case 'close':
      return closing(about, rest)
    default:
      return report(words)
  }
}

/** An outcome has one word, or two: false alarm. */
function closing(id: string, typed: readonly Word[]): FraudCommand {
  for (const length of [1, 2]) {
    const named = typed.slice(0, length).map((word) => textOf(word).toLowerCase())
    const outcome = caseOutcomes.find((one) => one === named.join('-'))
    if (outcome !== undefined) return { verb: 'close', id, outcome, reason: said(typed.slice(length)) }
  }
  return { verb: 'close', id, reason: said(typed) }
}

function report(words: readonly Word[]): FraudCommand {
  const named = words.find((word) => word.kind === 'who')
  const rest = words.filter((word) => word !== named)
  return { verb: 'report', ...(named && { who: named.who }), words: said(rest) }
}

function said(words: readonly Word[]): string {
  return shortened(words.map((word) => textOf(word)).join(' '), longestKeptReason)
}
