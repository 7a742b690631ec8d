import type { BotPorts } from './ports.ts'

/** Slack, and what stands between, sends again within minutes; what comes later was answered long ago. Milliseconds. */
const countsFor = 10 * 60_000
/** How far the clocks of two programs may be apart; milliseconds. */
const clocksApart = 60_000

/**
 * When this was first heard of, by whichever program; epoch milliseconds. Undefined when that is too long ago to be done
 * again. Throws when it is to come: nothing is signed with a time that somebody wrote into the database.
 */
export async function firstHeard(
  { deliveries, now }: Pick<BotPorts, 'deliveries' | 'now'>,
  delivery: string,
): Promise<number | undefined> {
  const called = now()
  const at = await deliveries.firstSeen(delivery, called)
  if (at > called + clocksApart) throw new Error('A delivery was first seen in the future.')
  return called - at > countsFor ? undefined : at
}
