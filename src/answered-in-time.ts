import { setTimeout as sleep } from 'node:timers/promises'

/** What was asked for; undefined when it is not answered within so many milliseconds, or with an error. */
export async function answeredInTime<Value>(
  asked: Promise<Value>,
  milliseconds: number,
): Promise<Value | undefined> {
  return Promise.race([asked.catch(() => undefined), sleep(milliseconds, undefined, { ref: false })])
}
