import type { Client } from '@temporalio/client'
import { tsToMs } from '@temporalio/common/lib/time.js'
import { createPassPolicy } from './adapters/entra/pass-policy.ts'
import { createRiskSignals } from './adapters/entra/risk-signals.ts'
import { lastChecked, policySince } from './adapters/postgres/standing.ts'
import { answeredInTime } from './answered-in-time.ts'
import { taskQueues, type Installation } from './core/names.ts'
import { parts, type Limit, type PartState, type SystemReport } from './core/system/report.ts'
import { switchedOff } from './core/system/switched-off.ts'
import { graphOf, present, slackOf, type Ground } from './parts.ts'
import { version } from './version.ts'

/** So long a part may take to answer, so that a person who asks does not wait for all of them; milliseconds. */
const patience = 2_000
/** A worker that waits for work asks for it once a minute; milliseconds. */
const pollsWithin = 2 * 60_000
/** `TASK_QUEUE_TYPE_WORKFLOW` */
const workflowTasks = 1

/** How Hallpass is now: every part is asked at once, and the report never fails because one of them is away. */
export function createSystemReport(ground: Ground): () => Promise<SystemReport> {
  const { config, pool, policy, telemetry, installation } = ground
  const graph = graphOf(config, 'reader', telemetry)
  const [passes, risk] = [createPassPolicy(graph), createRiskSignals(graph)]
  const temporal = async (): Promise<Client> => present(ground.client())
  return async () => {
    const now = Date.now()
    const [since, worker, passPolicy, detections, check, team] = await Promise.all([
      within(policySince(pool, policy.hash)),
      within(temporal().then((client) => lastPoll(client, installation))),
      within(passes.read()),
      within(risk.since(now)),
      within(lastChecked(pool, Object.keys(policy.policy.checks))),
      // A client of its own: another one remembers what Slack said.
      within(slackOf(config, telemetry).team()),
    ])
    if (worker !== undefined) telemetry.contacts.seen('temporal')
    const answered = { postgres: since, temporal: worker, slack: team, graph: passPolicy }
    return {
      version,
      now,
      startedAt: telemetry.startedAt,
      parts: parts.map((part): PartState => {
        if (part === 'check') return { part, ...lastOf(check) }
        if (part === 'worker') return { part, isThere: now - (worker ?? 0) < pollsWithin, ...lastOf(worker) }
        const isThere = answered[part] !== undefined
        return { part, isThere, ...lastOf(telemetry.contacts.last(part)) }
      }),
      passPolicy,
      limits: limitsOf(ground),
      off: switchedOff(policy.policy, detections?.ok),
      policy: { hash: policy.hash, since: since ?? undefined },
    }
  }
}

/** What answers in time and not with an error. */
async function within<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  return answeredInTime(asked, patience)
}

/** Never: nobody has heard of it; zero where nobody polls. */
function lastOf(at: number | undefined): { readonly last?: number } {
  return at === undefined || at === 0 ? {} : { last: at }
}

/** When a worker last asked for work; zero when none has lately. Epoch milliseconds. */
async function lastPoll({ workflowService, options }: Client, installation: Installation): Promise<number> {
  const { pollers } = await workflowService.describeTaskQueue({
    namespace: options.namespace,
    taskQueue: { name: taskQueues(installation).main },
    // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- its enum is in a package that the client does not pass on
    taskQueueType: workflowTasks,
  })
  return Math.max(0, ...(pollers ?? []).map(({ lastAccessTime }) => tsToMs(lastAccessTime)))
}

function limitsOf({ config, telemetry }: Ground): readonly Limit[] {
  const budget = config.worker?.ENTRA_REQUESTS_PER_10_SECONDS
  return [
    { service: 'graph', ...telemetry.graph.usage(), ...(budget !== undefined && { budget }) },
    { service: 'slack', ...telemetry.slack.usage() },
  ]
}
