import { Context } from '@temporalio/activity'

/**
 * When Temporal gives this attempt up, epoch milliseconds: counted from the scheduling, which is never after the start,
 * so that this process stops first.
 */
export function deadlineOfThisAttempt(): number {
  const { currentAttemptScheduledTimestampMs, startToCloseTimeoutMs } = Context.current().info
  return currentAttemptScheduledTimestampMs + startToCloseTimeoutMs
}

/** Shows Temporal every second that this process lives, without telling anything, while `work` runs. */
export async function alive<Outcome>(work: () => Promise<Outcome>): Promise<Outcome> {
  const context = Context.current()
  const beat = setInterval(() => context.heartbeat(), 1000)
  try {
    return await work()
  } finally {
    clearInterval(beat)
  }
}
