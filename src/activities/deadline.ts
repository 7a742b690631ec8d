import { Context } from '@temporalio/activity'

/** One attempt of an activity, as Temporal counts it. */
export type Attempt = {
  /** When its time is over, epoch milliseconds: counted from the scheduling, so that this process stops before Temporal does. */
  readonly deadline: number
  /**
   * Whether Temporal may have given it up: its time is over, or this process slept and was taken for dead. Once true, it
   * stays true.
   */
  readonly isOver: () => boolean
}

/** Of the silence that Temporal allows; the rest is for the way there. */
const silenceAllowed = 0.7

/** Runs `work`, and shows Temporal every second that this process lives, without telling anything. */
export async function alive<Outcome>(work: (attempt: Attempt) => Promise<Outcome>): Promise<Outcome> {
  const context = Context.current()
  const { currentAttemptScheduledTimestampMs, startToCloseTimeoutMs, heartbeatTimeoutMs } = context.info
  const deadline = currentAttemptScheduledTimestampMs + startToCloseTimeoutMs
  const silence = (heartbeatTimeoutMs ?? startToCloseTimeoutMs) * silenceAllowed
  let awake = Date.now()
  let over = false
  const isOver = (): boolean => {
    over ||= Date.now() >= deadline || Date.now() - awake > silence
    return over
  }
  const beat = setInterval(() => {
    // After a sleep this runs first: what was missed must be noticed before it looks awake again.
    isOver()
    awake = Date.now()
    context.heartbeat()
  }, 1000)
  try {
    return await work({ deadline, isOver })
  } finally {
    clearInterval(beat)
  }
}
