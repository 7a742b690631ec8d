import type { SwitchedOff } from './switched-off.ts'

/** What Hallpass consists of and stands on, in the order in which it is listed. */
export const parts = ['postgres', 'temporal', 'worker', 'slack', 'graph', 'check'] as const
export type Part = (typeof parts)[number]

/** How a part is. The check is asked by others and may be quiet for days: whether it is there is not known. */
export type PartState = {
  readonly part: Part
  readonly isThere?: boolean
  /** When it last answered, or was last heard of; epoch milliseconds. */
  readonly last?: number
}

/** The tenant's policy for passes, as it reads now. Lifetimes in seconds. */
export type PassPolicy = {
  readonly enabled: boolean
  readonly shortest: number
  readonly usual: number
  readonly longest: number
  /** Whether each pass works once, whatever was asked. */
  readonly once: boolean
}

/** How much one process asked of a service lately. */
export type Limit = {
  readonly service: 'graph' | 'slack'
  readonly inTenSeconds: number
  /** How often it was told to ask less, since its start, and when last. */
  readonly throttled: number
  readonly throttledAt?: number
  /** What the workers together may ask in ten seconds, where this process knows. */
  readonly budget?: number
}

/** How Hallpass is, as one process sees it. Times in epoch milliseconds. */
export type SystemReport = {
  readonly version: string
  readonly now: number
  readonly startedAt: number
  readonly parts: readonly PartState[]
  /** Undefined where it can't be read. */
  readonly passPolicy: PassPolicy | undefined
  readonly limits: readonly Limit[]
  readonly off: readonly SwitchedOff[]
  /** The hash of the policy in force, and when it first was. */
  readonly policy: { readonly hash: string; readonly since: number | undefined }
}
