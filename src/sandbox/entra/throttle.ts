import { GraphRefusal } from './graph-refusal.ts'

const WINDOW_MS = 10_000

/** Counts one request, or throws the 429 that says when to come back. */
export type Throttle = () => void

/**
 * The limit of the authentication method service: so many requests of one application in any ten seconds. `now` is
 * the real clock in milliseconds; letting the directory's time pass does not open the gate.
 */
export function createThrottle(limit: number, now: () => number): Throttle {
  let admitted: readonly number[] = []
  return () => {
    const at = now()
    admitted = admitted.filter((earlier) => earlier > at - WINDOW_MS)
    const [oldest] = admitted
    if (oldest !== undefined && admitted.length >= limit) {
      const seconds = Math.max(1, Math.ceil((oldest + WINDOW_MS - at) / 1000))
      throw new GraphRefusal(429, 'TooManyRequests', 'Too many requests.', { 'retry-after': String(seconds) })
    }
    admitted = [...admitted, at]
  }
}
