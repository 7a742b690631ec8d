import { proxyActivities, workflowInfo, type ActivityInterfaceFor } from '@temporalio/workflow'
import type { Activities } from '../activities/index.ts'
import { providers, type ProviderName } from '../core/kinds.ts'
import { queuesBeside } from '../core/names.ts'
import { activitySummaries as summaries } from '../core/text/en.ts'

/** A mint that takes longer than this is given up and revoked by its intent; milliseconds. */
export const mintTakes = 30_000

const call = (options: Parameters<typeof proxyActivities>[0]): ActivityInterfaceFor<Activities> =>
  proxyActivities<Activities>(options)

/** What failed for an hour is tried soon after it can succeed again; milliseconds. */
export const longestPause = 30_000

const here = { startToCloseTimeout: '20s', retry: { maximumInterval: longestPause } } as const

/** Of a credential that is out, nobody stays unaware for long: neither of its use nor that it has to end. */
const urgent = { ...here, retry: { maximumInterval: '5s' } } as const

const callingAt = (taskQueue: string) => ({ taskQueue, allowEagerDispatch: false }) as const

/** The look at a credential: within the budget of its provider, or here where there is none. */
export function watchAt(provider: ProviderName): ActivityInterfaceFor<Activities>['watch'] {
  const { watch } = queuesBeside(workflowInfo().taskQueue)
  const where = providers[provider].metered ? callingAt(watch) : {}
  return call({ ...urgent, ...where, summary: summaries.watch }).watch
}

/**
 * The activities with their limits and the sentence that the history shows for each. Calls to the provider go through
 * queues of their own, whose rate the server limits for all workers together; looks have the smaller share.
 */
export function useActivities(): Omit<ActivityInterfaceFor<Activities>, 'watch'> & {
  readonly admitMore: ActivityInterfaceFor<Activities>['admit']
} {
  const queues = queuesBeside(workflowInfo().taskQueue)
  const looking = { ...here, ...callingAt(queues.watch) }
  const mintOnce = {
    ...callingAt(queues.provider),
    startToCloseTimeout: mintTakes,
    scheduleToStartTimeout: mintTakes / 2,
    heartbeatTimeout: '5s',
    retry: { maximumAttempts: 1 },
  } as const
  return {
    // The requester is told after five minutes that it was refused for now, a speaker after 20 s.
    admit: call({ ...here, scheduleToCloseTimeout: '5m', summary: summaries.admit }).admit,
    // The code that is out is looked after meanwhile: whoever asks for more time hears sooner.
    admitMore: call({ ...here, scheduleToCloseTimeout: '20s', summary: summaries.admit }).admit,
    hear: call({ ...here, scheduleToCloseTimeout: '20s', summary: summaries.hear }).hear,
    grant: call({ ...mintOnce, summary: summaries.grant }).grant,
    // The same for whoever was promised more time.
    prolong: call({ ...here, scheduleToCloseTimeout: '20s', summary: summaries.prolong }).prolong,
    // Ending waits for nobody: it has no share of a budget, and Entra's own limit is answered by trying again.
    end: call({ ...urgent, summary: summaries.end }).end,
    hideCode: call({ ...here, retry: { maximumAttempts: 5 }, summary: summaries.hideCode }).hideCode,
    // A window dies by itself, a message does not: this is tried for as long as it takes.
    removeCode: call({ ...here, summary: summaries.removeCode }).removeCode,
    tell: call({ ...here, summary: summaries.tell }).tell,
    openFollowUp: call({ ...here, summary: summaries.openFollowUp }).openFollowUp,
    tellFollowUp: call({ ...here, summary: summaries.tellFollowUp }).tellFollowUp,
    // What a report leads to is tried until it is done, however long that takes.
    hearReport: call({ ...here, summary: summaries.hearReport }).hearReport,
    openCase: call({ ...here, summary: summaries.openCase }).openCase,
    takeStep: call({ ...here, summary: summaries.takeStep }).takeStep,
    lookAround: call({ ...here, summary: summaries.lookAround }).lookAround,
    hearWord: call({ ...here, scheduleToCloseTimeout: '20s', summary: summaries.hearWord }).hearWord,
    giveBack: call({ ...here, scheduleToCloseTimeout: '1m', summary: summaries.giveBack }).giveBack,
    tellCase: call({ ...here, summary: summaries.tellCase }).tellCase,
    watchMethods: call({ ...looking, summary: summaries.watchMethods }).watchMethods,
  }
}
