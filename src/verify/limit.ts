/** Whether one more is within the limit of this key; `now` in epoch milliseconds. */
export type Limit = (key: string, now: number) => boolean

/** A minute, in milliseconds. */
const window = 60_000

/** At most so many in a minute for each key. What is older than the minute is forgotten, key and all. */
export function createLimit(most: number): Limit {
  let minute = 0
  let counts = new Map<string, number>()
  return (key, now) => {
    const current = Math.floor(now / window)
    if (current !== minute) counts = new Map()
    minute = current
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count <= most
  }
}
