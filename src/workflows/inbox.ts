import { ApplicationFailure, condition, setHandler } from '@temporalio/workflow'
import type { AnyStatement, Envelope, Statement } from '../core/envelope/statement.ts'
import type { RefusalCode } from '../core/refusal.ts'
import { no } from '../core/result.ts'
import { say, stop, type Reply } from './messages.ts'

/** A message and the way to answer whoever waits for it. */
export type Heard<S extends AnyStatement = Statement> = {
  readonly envelope: Envelope<S>
  readonly reply: (reply: Reply) => void
}

/** What ends a wait besides a message: a moment (epoch milliseconds), or something that became true. */
type Wait = { readonly until?: number; readonly why: string; readonly unless?: () => boolean }

/** Messages in the order of their arrival; one reader takes them. */
export type Inbox<S extends AnyStatement = Statement> = {
  /** The next message, or undefined when the wait ends before one comes. */
  next(wait: Wait): Promise<Heard<S> | undefined>
  /** From now on everybody is told that it is over. */
  close(): void
  /** What was left, and what came after that. */
  readonly late: readonly Envelope<S>[]
}

/** What is let in. A message may be anything at all before it was looked at. */
type Door<S extends AnyStatement> = {
  readonly isEnvelope: (message: unknown) => message is Envelope<S>
  /** A refusal here leaves no trace in the history, so it is for noise only: rules answer in the main loop. */
  readonly refuse: (statement: S) => RefusalCode | undefined
}

/** Opens the inbox of a workflow: updates wait for their answer, signals do not. */
export function openInbox<S extends AnyStatement>({ isEnvelope, refuse }: Door<S>): Inbox<S> {
  const queue: Heard<S>[] = []
  const late: Envelope<S>[] = []
  let closed = false

  const enqueue = (heard: Heard<S>): void => {
    if (closed) dismiss(heard)
    else queue.push(heard)
  }
  const dismiss = ({ envelope, reply }: Heard<S>): void => {
    late.push(envelope)
    reply(no({ code: 'over' }))
  }
  setHandler(
    say,
    (said) => new Promise<Reply>((reply) => isEnvelope(said) && enqueue({ envelope: said, reply })),
    {
      validator: (said) => {
        const code = isEnvelope(said) ? refuse(said.statement) : 'unverified'
        if (code !== undefined) throw ApplicationFailure.nonRetryable('Not let in.', code)
      },
    },
  )
  setHandler(stop, (said) => {
    if (isEnvelope(said) && refuse(said.statement) === undefined)
      enqueue({ envelope: said, reply: () => undefined })
  })

  return {
    async next({ until, why, unless = () => false }) {
      const come = (): boolean => queue.length > 0 || unless()
      if (until === undefined) await condition(come)
      else if (until > Date.now()) await condition(come, until - Date.now(), { summary: why })
      return queue.shift()
    },
    close() {
      closed = true
      for (const heard of queue.splice(0)) dismiss(heard)
    },
    late,
  }
}
