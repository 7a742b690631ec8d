import { CancellationScope } from '@temporalio/workflow'
import { isHeard } from '../core/exception/answer.ts'
import { evolve } from '../core/exception/evolve.ts'
import type { Fact } from '../core/exception/fact.ts'
import type { State } from '../core/exception/state.ts'
import type { Envelope, StatementOf } from '../core/envelope/statement.ts'
import { useActivities } from './activities.ts'
import { keepChronicle } from './chronicle.ts'
import { openInbox, type Inbox } from './inbox.ts'
import type { ExceptionStart } from './messages.ts'

/** One exception while it lives: what it is, what people say about it, and the only way to change its state. */
export type Life = {
  readonly request: Envelope<StatementOf<'request'>>
  readonly activities: ReturnType<typeof useActivities>
  readonly state: () => State
  /** The approvals that counted, as they were signed: the mint verifies them itself. */
  readonly approvals: Envelope<StatementOf<'approve'>>[]
  /** The view that shows the code, while it may show it. */
  openView: string | undefined
  /** The latest attempt whose code may stand in a message. */
  sentBy: number | undefined
  /** An operator cancelled the workflow: revoke, whatever else is going on. */
  readonly isCancelled: () => boolean
  /** Facts change the state, go to the ledger, and bring the cards up to date. */
  add(facts: readonly Fact[]): void
  readonly next: Inbox['next']
  /** Answers everybody who still waits, and waits until everything is in the ledger and told. */
  finish(): Promise<void>
}

/** Begins the life of an exception: opens its inbox and its chain. */
export function beginLife({ request }: ExceptionStart): Life {
  const { exceptionId } = request.statement
  const activities = useActivities()
  let state: State = { status: 'new' }
  let cancelled = false
  CancellationScope.current().cancelRequested.catch(() => (cancelled = true))
  const chronicle = keepChronicle<Fact>(async (facts) => {
    if (state.status !== 'new') await activities.tell({ exceptionId, facts, state })
  })
  const inbox = openInbox((statement) => {
    if (state.status === 'ended') return 'over'
    return isHeard(state, statement) ? undefined : 'enough-refusals'
  })
  const interrupted = (): boolean => cancelled && state.status !== 'ending' && state.status !== 'ended'
  return {
    request,
    activities,
    state: () => state,
    approvals: [],
    openView: undefined,
    sentBy: undefined,
    isCancelled: interrupted,
    add(facts) {
      for (const fact of facts) state = evolve(state, fact)
      chronicle.add(facts)
    },
    next: (wait) => inbox.next(wait),
    async finish() {
      inbox.close()
      await chronicle.published()
    },
  }
}
