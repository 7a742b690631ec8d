/** The one of the known words that was probably meant; undefined when none is near (a third of its letters, at most). */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = simple(word)
  const [best] = known
    .map((candidate) => ({ candidate, distance: edits(plain, simple(candidate)) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, candidate.length / 3))
    .toSorted((one, other) => one.distance - other.distance)
  return best?.candidate
}

/** `answer_within` is nothing else than `answerWithin`. No known word is longer than 40 letters. */
function simple(word: string): string {
  return word.slice(0, 40).toLowerCase().replaceAll(/[-_ ]/g, '')
}

/** How many letters must be put in, left out or exchanged to make one word of another (Levenshtein's distance). */
function edits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [above, letter] of one.split('').entries()) {
    const next = [above + 1]
    for (const [index, wanted] of other.split('').entries()) {
      const exchanged = (row[index] ?? 0) + (letter === wanted ? 0 : 1)
      next.push(Math.min(exchanged, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
