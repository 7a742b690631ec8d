import { setHandler } from '@temporalio/workflow'
import { isEnvelope } from '../core/envelope/is-envelope.ts'
import { evolveFollowUp, type FollowUp } from '../core/follow-up/evolve.ts'
import type { FollowUpFact } from '../core/follow-up/fact.ts'
import { afterLook } from '../core/follow-up/rules.ts'
import { nextStep } from '../core/follow-up/schedule.ts'
import { joined, joiningOf, openingOf, type FollowUpStart } from '../core/follow-up/start.ts'
import { useActivities } from './activities.ts'
import { keepChronicle } from './chronicle.ts'
import { openInbox, type Inbox } from './inbox.ts'
import { join } from './messages.ts'

/** One follow-up while it goes on: what it is about, and the only way to change its state. */
export type Following = {
  readonly activities: ReturnType<typeof useActivities>
  /** What it is about: the exception that ended last, under the name of the first. */
  readonly start: () => FollowUpStart
  readonly state: () => FollowUp
  readonly next: Inbox['next']
  /** Facts change the state, go to the ledger, and are told. */
  add(facts: readonly FollowUpFact[]): void
  /** Resolves when every fact so far is in the ledger and has been told. */
  published(): Promise<void>
  /** Exceptions of the same person that ended meanwhile and are not taken in yet. */
  readonly joining: readonly FollowUpStart[]
  /** Takes the next one in, if there is one: from now on it is about that one. */
  takeIn(): void
  /** Answers everybody who still waits, and waits until everything is in the ledger and told. */
  finish(): Promise<void>
}

/** Begins a follow-up: opens its chain and its inbox. */
export function beginFollowing(opened: FollowUpStart, joining: FollowUpStart[]): Following {
  const activities = useActivities()
  const opening = openingOf(opened, Date.now())
  let start = opened
  let state = evolveFollowUp(undefined, opening)
  const chronicle = keepChronicle<FollowUpFact>(async (facts) => {
    const seen = await activities.tellFollowUp({ start, exceptions: state.exceptions, facts })
    // What is new for one exception was perhaps there before another; that one gets a look of its own.
    if (joining.length === 0) add(afterLook(state, seen, Date.now()))
  })
  const inbox = openInbox({
    isEnvelope,
    refuse: () => (state.status === 'open' ? undefined : 'over'),
  })
  const add = (facts: readonly FollowUpFact[]): void => {
    for (const fact of facts) state = evolveFollowUp(state, fact)
    chronicle.add(facts)
  }
  setHandler(join, (next) => {
    const known = [...state.exceptions, ...joining.map(({ exceptionId }) => exceptionId)]
    if (!known.includes(next.exceptionId)) joining.push(next)
  })
  if (isAskedSoon(opened, state)) chronicle.hold([opening])
  else chronicle.add([opening])

  return {
    activities,
    start: () => start,
    state: () => state,
    next: (wait) => inbox.next(wait),
    add,
    published: () => chronicle.published(),
    joining,
    takeIn() {
      const next = joining.shift()
      if (next === undefined) return
      start = joined(start, next)
      add([joiningOf(next, Date.now())])
    },
    async finish() {
      inbox.close()
      await chronicle.published()
    },
  }
}

/** The opening is told to nobody, so that it can wait for what is told soon: that keeps the history short. */
const soon = 60_000

function isAskedSoon(start: FollowUpStart, state: FollowUp): boolean {
  const first = nextStep(start, state)
  return first !== undefined && first.at <= Date.now() + soon
}
