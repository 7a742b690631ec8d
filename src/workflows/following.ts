import { setHandler } from '@temporalio/workflow'
import type { FollowUpFact, FollowUpFactOf } from '../core/follow-up/fact.ts'
import { nextReminderAt } from '../core/follow-up/rules.ts'
import { joined, type FollowUpStart } from '../core/follow-up/start.ts'
import type { Method } from '../core/ports.ts'
import { useActivities } from './activities.ts'
import { keepChronicle } from './chronicle.ts'
import { openInbox, type Inbox } from './inbox.ts'
import { lookFor, type Look } from './look.ts'
import { join } from './messages.ts'

/** Why a follow-up is over. */
export type Closed = FollowUpFactOf<'follow-up-closed'>['because']

/** One follow-up while it goes on. */
export type Following = {
  readonly activities: ReturnType<typeof useActivities>
  /** What it is about; a later exception of the same person replaces everything but the name of the chain. */
  readonly start: () => FollowUpStart
  /** How many reminders were sent for it. */
  readonly sent: () => number
  /** The new methods that the provider lists, as soon as it does. */
  readonly found: () => readonly Method[]
  readonly closed: () => Closed | undefined
  /** An exception that ended while this follow-up was being closed; it needs one of its own. */
  readonly late: () => FollowUpStart | undefined
  readonly next: Inbox['next']
  add(facts: readonly FollowUpFact[]): void
  /** Resolves when every fact so far is in the ledger and has been told. */
  published(): Promise<void>
  finish(): Promise<void>
}

/** Begins a follow-up: opens its chain and its inbox, and watches the person's methods. */
export function beginFollowing(opened: FollowUpStart): Following {
  const activities = useActivities()
  let start = opened
  let sent = 0
  let closed: Closed | undefined
  let late: FollowUpStart | undefined
  let evidence: readonly Method[] = []
  const chronicle = keepChronicle<FollowUpFact>(async (facts) => {
    const about = start
    const seen = await activities.tellFollowUp({ start: about, facts })
    // What is new for one exception was perhaps there before the one that joined meanwhile.
    if (about === start) evidence = [...evidence, ...seen]
  })
  const inbox = openInbox(() => (closed === undefined ? undefined : 'over'))
  const watchMethods = (): Look<readonly Method[]> => lookFor(() => activities.watchMethods(start))
  let watch = watchMethods()

  const opening: FollowUpFact[] = [openingOf(opened, Date.now())]
  const add = (facts: readonly FollowUpFact[]): void => {
    sent += facts.filter((fact) => fact.type === 'reminder-due').length
    closed ??= facts.find((fact) => fact.type === 'follow-up-closed')?.because
    chronicle.add([...opening.splice(0), ...facts])
  }

  const known = new Set([opened.exceptionId])
  setHandler(join, (next) => {
    const { exceptionId, category } = next
    if (known.has(exceptionId)) return
    known.add(exceptionId)
    if (closed !== undefined) {
      late = next
      return
    }
    add([{ type: 'follow-up-joined', at: Date.now(), exceptionId, category }])
    start = joined(opened, next)
    sent = 0
    evidence = []
    watch.stop()
    watch = watchMethods()
  })
  if (!isRemindedSoon(opened, Date.now())) add([])

  return {
    activities,
    start: () => start,
    sent: () => sent,
    found: () => watch.found() ?? evidence,
    closed: () => closed,
    late: () => late,
    next: (wait) => inbox.next(wait),
    add,
    published: () => chronicle.published(),
    async finish() {
      watch.stop()
      inbox.close()
      await chronicle.published()
    },
  }
}

function openingOf({ exceptionId, subject, category }: FollowUpStart, at: number): FollowUpFact {
  return { type: 'follow-up-opened', at, exceptionId, subject, category }
}

/** The opening is told to nobody, so that it can wait for the first reminder: that keeps the history short. */
const soon = 60_000

function isRemindedSoon(start: FollowUpStart, now: number): boolean {
  const first = nextReminderAt(start, 0)
  return first !== undefined && first <= now + soon
}
