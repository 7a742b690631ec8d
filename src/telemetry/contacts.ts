import type { Pool } from 'pg'
import type { Part } from '../core/system/report.ts'

/** When each part last answered this process. */
export type Contacts = {
  readonly seen: (part: Part) => void
  /** Epoch milliseconds; undefined when it never did. */
  readonly last: (part: Part) => number | undefined
  readonly all: () => Iterable<readonly [Part, number]>
}

/** Remembers it in this process. */
export function createContacts(now: () => number = Date.now): Contacts {
  const times = new Map<Part, number>()
  return {
    seen: (part) => void times.set(part, now()),
    last: (part) => times.get(part),
    all: () => times.entries(),
  }
}

/** A connection that comes back in order was answered. */
export function watchPool(pool: Pool, contacts: Contacts): void {
  pool.on('release', (error) => {
    // It is no error where there was none, whatever its type says.
    if (!(error instanceof Error)) contacts.seen('postgres')
  })
}
