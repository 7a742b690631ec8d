import { CancellationScope } from '@temporalio/workflow'
import { afterBase, livesOnAs } from '../core/exception/extension.ts'
import { evolve } from '../core/exception/evolve.ts'
import type { Fact } from '../core/exception/fact.ts'
import type { State } from '../core/exception/state.ts'
import type { Envelope, Statement, StatementOf } from '../core/envelope/statement.ts'
import type { CaseStatementOf } from '../core/fraud/statement.ts'
import { useActivities } from './activities.ts'
import { keepChronicle } from './chronicle.ts'
import type { Inbox } from './inbox.ts'

/** What an exception hears: what people say about it, and that somebody reported fraud about its subject. */
export type Word = Statement | CaseStatementOf<'report'>

/** One exception while it lives: what it is, what people say about it, and the only way to change its state. */
export type Life = {
  readonly request: Envelope<StatementOf<'request'>>
  readonly activities: ReturnType<typeof useActivities>
  readonly state: () => State
  /** The approvals that counted, as they were signed: the mint verifies them itself. */
  readonly approvals: Envelope<StatementOf<'approve'>>[]
  /** What it is to extend, and what was asked for to extend it: exceptions, with lives of their own in here. */
  readonly base: Life | undefined
  readonly extensions: Life[]
  /** Settles when it is gone, where it is ended beside another life. */
  beingEnded: Promise<void> | undefined
  /** The view that shows the code, while it may show it. */
  openView: string | undefined
  /** The latest attempt whose code may stand in a message. */
  sentBy: number | undefined
  /** An operator cancelled the workflow. */
  readonly cancelRequested: () => boolean
  /** And so this is to be revoked, whatever else is going on. */
  readonly isCancelled: () => boolean
  /** Facts change the state, go to the ledger, and bring the cards up to date. */
  add(facts: readonly Fact[]): void
  /** The next message to the workflow, whichever of its exceptions it is about. */
  readonly next: Inbox<Word>['next']
  /** Resolves when everything is in the ledger and told. */
  published(): Promise<void>
}

/** Begins the life of the exception that the workflow was started for. */
export function firstLife(request: Life['request'], next: Life['next']): Life {
  let cancelled = false
  CancellationScope.current().cancelRequested.catch(() => (cancelled = true))
  return beginLife(request, { base: undefined, next, isCancelled: () => cancelled })
}

/** Begins the life of an extension. */
export function extensionOf(base: Life, request: Life['request']): Life {
  const extension = beginLife(request, { base, next: base.next, isCancelled: base.cancelRequested })
  base.extensions.push(extension)
  return extension
}

function beginLife(
  request: Life['request'],
  { base, next, isCancelled }: Pick<Life, 'base' | 'next' | 'isCancelled'>,
): Life {
  const { exceptionId } = request.statement
  const activities = useActivities()
  const extensions: Life[] = []
  let state: State = { status: 'new' }
  const chronicle = keepChronicle<Fact>(async (facts) => {
    if (state.status !== 'new') await activities.tell({ exceptionId, facts, state })
  })
  return {
    request,
    activities,
    state: () => state,
    approvals: [],
    base,
    extensions,
    beingEnded: undefined,
    openView: undefined,
    sentBy: undefined,
    cancelRequested: isCancelled,
    isCancelled: () => isCancelled() && state.status !== 'ending' && state.status !== 'ended',
    add(facts) {
      if (facts.length === 0) return
      for (const fact of facts) state = evolve(state, fact)
      chronicle.add(facts)
      for (const extension of extensions) extension.add(afterBase(state, extension.state(), Date.now()))
    },
    next,
    published: () => chronicle.published(),
  }
}

/** What an exception lives on as, to the last; itself where it is not over that way. */
export function heirOf(life: Life): Life {
  const id = livesOnAs(life.state())
  const heir = everyLife(life).find(({ request }) => request.statement.exceptionId === id)
  return heir === undefined ? life : heirOf(heir)
}

/** Every life in this workflow: the first exception, what was asked for to extend it, and so on. */
export function everyLife(life: Life): readonly Life[] {
  return life.base === undefined ? withExtensions(life) : everyLife(life.base)
}

function withExtensions(life: Life): readonly Life[] {
  return [life, ...life.extensions.flatMap(withExtensions)]
}
