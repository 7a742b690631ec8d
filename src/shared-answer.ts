/**
 * Asks for all who ask meanwhile, and for those who ask within `freshFor` milliseconds after the answer: whoever reaches a
 * door without a sign-in can't make more work than that.
 */
export function sharedAnswer<Answer>(
  ask: () => Promise<Answer>,
  freshFor: number,
  now: () => number = Date.now,
): () => Promise<Answer> {
  let kept: { readonly answer: Promise<Answer>; until: number } | undefined
  return () => {
    if (kept !== undefined && now() < kept.until) return kept.answer
    const asked = { answer: ask(), until: Infinity }
    const answered = (): void => void (asked.until = now() + freshFor)
    asked.answer.then(answered, answered)
    kept = asked
    return asked.answer
  }
}
