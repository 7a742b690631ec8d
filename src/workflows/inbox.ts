import { ApplicationFailure, condition, setHandler } from '@temporalio/workflow'
import { isEnvelope } from '../core/envelope/is-envelope.ts'
import type { Envelope, Statement } from '../core/envelope/statement.ts'
import type { RefusalCode } from '../core/refusal.ts'
import { no } from '../core/result.ts'
import { say, stop, type Reply } from './messages.ts'

/** A message and the way to answer whoever waits for it. */
export type Heard<S extends Statement = Statement> = {
  readonly envelope: Envelope<S>
  readonly reply: (reply: Reply) => void
}

/** What ends a wait besides a message: a moment (epoch milliseconds), or something that became true. */
type Wait = { readonly until?: number; readonly why: string; readonly unless?: () => boolean }

/** Messages in the order of their arrival; one reader takes them. */
export type Inbox = {
  /** The next message, or undefined when the wait ends before one comes. */
  next(wait: Wait): Promise<Heard | undefined>
  /** From now on everybody is told that it is over. */
  close(): void
}

/**
 * Opens the inbox of a workflow: updates wait for their answer, signals do not. `refuse` is asked before a message is let
 * in and leaves no trace in the history, so it is for noise only: rules answer in the main loop.
 */
export function openInbox(refuse: (statement: Statement) => RefusalCode | undefined): Inbox {
  const queue: Heard[] = []
  let closed = false

  const enqueue = (heard: Heard): void => {
    if (closed) heard.reply(no({ code: 'over' }))
    else queue.push(heard)
  }
  setHandler(say, (envelope) => new Promise<Reply>((reply) => enqueue({ envelope, reply })), {
    validator: (envelope) => {
      const code = isEnvelope(envelope) ? refuse(envelope.statement) : 'unverified'
      if (code !== undefined) throw ApplicationFailure.nonRetryable('Not let in.', code)
    },
  })
  setHandler(stop, (envelope) => {
    if (isEnvelope(envelope) && refuse(envelope.statement) === undefined) {
      enqueue({ envelope, reply: () => undefined })
    }
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
      for (const { reply } of queue.splice(0)) reply(no({ code: 'over' }))
    },
  }
}
