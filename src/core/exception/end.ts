import type { Method } from '../ports.ts'

/** What was found and done when a credential was ended. `wasUsed`: somebody had signed in with it before. */
export type End = {
  readonly wasUsed: boolean
  readonly sessionsRevoked: boolean
  readonly methodsAdded: readonly Method[]
}
