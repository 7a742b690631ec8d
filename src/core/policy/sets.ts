import type { Policy } from './policy.ts'

/** The set that every policy names: its members read everything and may end everything. */
export const securitySet = 'security'

/** The sets whose members some rule lets ask. */
export function requesterSets({ rules }: Policy): readonly string[] {
  return [...new Set(rules.flatMap(({ when }) => when.requester ?? []))]
}
