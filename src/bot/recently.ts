/** What is remembered for a while only. */
export type Recently<Value> = {
  readonly get: (key: string) => Value | undefined
  readonly set: (key: string, value: Value) => void
  readonly forget: (key: string) => void
}

/** Remembers in this process, for so many milliseconds. */
export function createRecently<Value>(keptFor: number, now: () => number = Date.now): Recently<Value> {
  const kept = new Map<string, { readonly value: Value; readonly since: number }>()
  const isOver = (since: number): boolean => now() - since > keptFor
  return {
    get(key) {
      const found = kept.get(key)
      return found === undefined || isOver(found.since) ? undefined : found.value
    },
    set(key, value) {
      // The oldest come first.
      for (const [old, { since }] of kept) {
        if (!isOver(since)) break
        kept.delete(old)
      }
      kept.delete(key)
      kept.set(key, { value, since: now() })
    },
    forget: (key) => void kept.delete(key),
  }
}
