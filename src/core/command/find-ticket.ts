import { withoutEdges, type Word } from './words.ts'

const certain = /^[A-Z]{2,10}-?\d{1,10}$/
const marked = /^[([#]/
/** In small letters only what is unlike the name of a thing: `inc1234`, but not `iphone15`, `win11` or `office365`. */
const likely = /^[a-z]{2,5}-?\d{3,10}$/

/**
 * Where the ticket stands among the words, and its number in capitals: the first in capitals or brackets, else the
 * first in small letters. Whether the policy accepts it is decided by the policy's own pattern.
 */
export function findTicket(
  words: readonly Word[],
): { readonly kind: 'ticket'; readonly index: number; readonly text: string } | undefined {
  const first = words.findIndex((word) => word.kind === 'plain' && isCertain(word.text))
  const index = first >= 0 ? first : words.findIndex((word) => word.kind === 'plain' && isLikely(word.text))
  const word = words[index]
  return word?.kind === 'plain'
    ? { kind: 'ticket', index, text: withoutEdges(word.text).toUpperCase() }
    : undefined
}

function isCertain(text: string): boolean {
  const bare = withoutEdges(text)
  return certain.test(marked.test(text) ? bare.toUpperCase() : bare)
}

function isLikely(text: string): boolean {
  return likely.test(withoutEdges(text).toLowerCase())
}
