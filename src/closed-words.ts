import { ApplicationFailure, CancelledFailure, CompleteAsyncError } from '@temporalio/activity'
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker'
import { Fault } from './core/fault.ts'

/**
 * The activity boundary: whatever was thrown becomes a failure in closed words, without cause and without stack, so that
 * nothing which an answer said can reach the history. `note` hears of what nobody expected.
 */
export function closedWords(
  note: (error: unknown, activity: string) => void,
  activity: string,
): ActivityInboundCallsInterceptor {
  return {
    async execute(
      input: ActivityExecuteInput,
      next: Next<ActivityInboundCallsInterceptor, 'execute'>,
    ): Promise<unknown> {
      try {
        return await next(input)
      } catch (error) {
        if (error instanceof CancelledFailure || error instanceof CompleteAsyncError) throw error
        if (error instanceof ApplicationFailure) throw error
        if (!(error instanceof Fault) || !error.passing) note(error, activity)
        throw inClosedWords(error, asked.has(activity))
      }
    },
  }
}

/** A person waits for these: what does not pass by itself is told at once. Everything else is tried until it is done. */
const asked: ReadonlySet<string> = new Set(['admit', 'hear', 'hearWord', 'giveBack'])

function inClosedWords(error: unknown, isAsked: boolean): ApplicationFailure {
  if (error instanceof Fault) {
    return ApplicationFailure.create({
      type: `${error.service}-${error.code}`,
      message: error.message,
      nonRetryable: isAsked && !error.passing,
      ...(error.retryAfter !== undefined && { nextRetryDelay: error.retryAfter * 1000 }),
    })
  }
  return ApplicationFailure.create({
    type: 'unexpected',
    message: 'Something unexpected; the log of the worker names it.',
  })
}
