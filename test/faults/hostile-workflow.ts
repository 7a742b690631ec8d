import { proxyActivities } from '@temporalio/workflow'

type Mint = { grant(order: unknown): Promise<unknown> }

/** Somebody who can reach Temporal asks the real worker for a code, after admission and hearing that they faked. */
export async function mintDirectly(queue: string, order: unknown): Promise<unknown> {
  const { admit, hear } = proxyActivities<Record<'admit' | 'hear', () => Promise<unknown>>>({
    startToCloseTimeout: '10s',
  })
  await admit?.()
  await hear?.()
  const { grant } = proxyActivities<Mint>({
    taskQueue: queue,
    startToCloseTimeout: '30s',
    heartbeatTimeout: '5s',
    retry: { maximumAttempts: 1 },
  })
  return grant(order)
}

/** Somebody who can reach Temporal asks the real worker for the activities of a case, one after the other. */
export async function caseDirectly(
  queue: string,
  orders: readonly (readonly [string, unknown])[],
): Promise<readonly unknown[]> {
  const activities = proxyActivities<Record<string, (order: unknown) => Promise<unknown>>>({
    taskQueue: queue,
    startToCloseTimeout: '30s',
    retry: { maximumAttempts: 1 },
  })
  const answers: unknown[] = []
  for (const [name, order] of orders) answers.push(await activities[name]?.(order))
  return answers
}
