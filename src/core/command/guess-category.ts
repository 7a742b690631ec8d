import type { Category } from '../envelope/statement.ts'

/** In this order: where two fit, the one that asks for more evidence afterwards wins. */
const signs: readonly (readonly [Category, RegExp])[] = [
  ['lost', /\b(?:lost|stolen)\b/i],
  ['replaced', /\b(?:new (?:phone|mobile|device)|replaced|replacement)\b/i],
  ['new-starter', /\b(?:new (?:starter|joiner|hire|colleague)|joins|joined|first day)\b/i],
  ['not-at-hand', /\b(?:forgot|forgotten|at home|left)\b/i],
]

/** What the words of a reason suggest as its category: a guess to fill in a form, never a decision. */
export function guessCategory(reason: string): Category | undefined {
  return signs.find(([, sign]) => sign.test(reason))?.[0]
}
