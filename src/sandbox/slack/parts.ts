import type { MessageLog } from './message-log.ts'
import type { Modals } from './modals.ts'
import type { ResponseUrls } from './response-urls.ts'
import type { Roster } from './roster.ts'
import type { Triggers } from './triggers.ts'
import type { Whispers } from './whispers.ts'

/** The parts of a running workspace; each function that needs some of them names those. */
export type Parts = {
  readonly roster: Roster
  readonly log: MessageLog
  readonly whispers: Whispers
  readonly modals: Modals
  readonly triggers: Triggers
  readonly responseUrls: ResponseUrls
}
