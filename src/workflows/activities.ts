import { proxyActivities, workflowInfo, type ActivityInterfaceFor } from '@temporalio/workflow'
import type { Activities } from '../activities/index.ts'
import { queuesBeside } from '../core/names.ts'
import { activitySummaries as summaries } from '../core/text/en/summaries.ts'

/** A mint that takes longer than this is given up and revoked by its intent; milliseconds. */
export const mintTakes = 30_000

const call = (options: Parameters<typeof proxyActivities>[0]): ActivityInterfaceFor<Activities> =>
  proxyActivities<Activities>(options)

/**
 * The activities with their limits and the sentence that the history shows for each. Calls to the provider go through
 * queues of their own, whose rate the server limits for all workers together; looks have the smaller share.
 */
export function useActivities(): ActivityInterfaceFor<Activities> {
  const queues = queuesBeside(workflowInfo().taskQueue)
  const here = { startToCloseTimeout: '20s' } as const
  const atProvider = { ...here, taskQueue: queues.provider, allowEagerDispatch: false } as const
  const looking = { ...here, taskQueue: queues.watch, allowEagerDispatch: false } as const
  const mintOnce = {
    ...atProvider,
    startToCloseTimeout: mintTakes,
    scheduleToStartTimeout: mintTakes / 2,
    heartbeatTimeout: '5s',
    retry: { maximumAttempts: 1 },
  } as const
  return {
    // The requester is told after five minutes that it was refused for now, a speaker after 20 s.
    admit: call({ ...here, scheduleToCloseTimeout: '5m', summary: summaries.admit }).admit,
    hear: call({ ...here, scheduleToCloseTimeout: '20s', summary: summaries.hear }).hear,
    grant: call({ ...mintOnce, summary: summaries.grant }).grant,
    // Ending waits for nobody: it has no share of a budget, and Entra's own limit is answered by trying again.
    end: call({ ...here, summary: summaries.end }).end,
    watch: call({ ...looking, summary: summaries.watch }).watch,
    hideCode: call({ ...here, retry: { maximumAttempts: 5 }, summary: summaries.hideCode }).hideCode,
    tell: call({ ...here, summary: summaries.tell }).tell,
    openFollowUp: call({ ...here, summary: summaries.openFollowUp }).openFollowUp,
    tellFollowUp: call({ ...here, summary: summaries.tellFollowUp }).tellFollowUp,
    watchMethods: call({ ...looking, summary: summaries.watchMethods }).watchMethods,
  }
}
