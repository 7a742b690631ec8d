import type { Databases } from '../../src/sandbox/databases.ts'
import type { Installed } from '../../src/sandbox/vpn/installed.ts'

/**
 * Something that the tests of a run share, or the sentence why this machine has none. Only the tests that
 * need it then fail, each with that sentence.
 */
export type Offer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string }

/** What was offered; throws the reason when it could not be had. */
export function taken<T>(offer: Offer<T>): T {
  if (!offer.ok) throw new Error(offer.why)
  return offer.value
}

/** Turns a failure into an offer that carries its sentence. */
export function offered<T>(work: Promise<T>): Promise<Offer<T>> {
  return work.then(
    (value) => ({ ok: true, value }),
    (error: unknown) => ({ ok: false, why: error instanceof Error ? error.message : String(error) }),
  )
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** Holds whatever the tests write, until the run has ended. */
    folder: string
    postgres: Offer<{ readonly superuserUrl: string } & Omit<Databases, 'standInsUrl'>>
    temporal: Offer<{ readonly address: string; readonly namespace: string }>
    browser: Offer<string>
    freeradius: Offer<Installed>
  }
}
