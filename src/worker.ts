import { Worker, type WorkerOptions as Settings } from '@temporalio/worker'
import type { Logger } from 'pino'
import { createActivities } from './activities/index.ts'
import type { Ports } from './activities/ports.ts'
import { closedWords } from './closed-words.ts'
import { Fault } from './core/fault.ts'
import { taskQueues, type Installation } from './core/names.ts'
import { activityTrail } from './telemetry/activity-trail.ts'
import type { Tracing } from './telemetry/tracing.ts'
import type { Link, Temporal } from './temporal.ts'

/** What the workers of one process need. `requestsPer10s` is what the provider grants to all workers together. */
export type WorkerOptions = Omit<Link, 'client'> & {
  readonly installation: Installation
  readonly workflowBundle: string
  readonly requestsPer10s: number
  /** What the workers are called in Temporal. */
  readonly identity: string
  readonly ports: Ports
  readonly log: Logger
  readonly tracing: Tracing
}

export type Workers = { readonly run: () => Promise<void>; readonly stop: () => void }

/** A mint calls the provider about three times, a look once; mints get the larger share of the budget. */
const callsOfMint = 3
const shareOfMints = 0.6

/** Longer than a mint may take, so that one in hand is finished before the process goes; milliseconds. */
const grace = 35_000

/** The beats of a mint are sent as they come: held back, they would come close to the silence that Temporal allows. */
const heartbeat = 1_000

/**
 * So long a task waits for the process that had the workflow before; after a restart nobody else may take it sooner. A
 * person who pressed a button would not wait the default of 10 s. Milliseconds.
 */
const stickyFor = 2_000

/** The workers: one for workflows and what they do at home, and two with limited rates for the provider. */
export async function createWorkers(options: WorkerOptions): Promise<Workers> {
  const queues = taskQueues(options.installation)
  const shared = settingsOf(options)
  const perSecond = options.requestsPer10s / 10
  const workers = await Promise.all([
    Worker.create({
      ...shared,
      taskQueue: queues.main,
      workflowBundle: { codePath: options.workflowBundle },
      maxCachedWorkflows: 500,
      stickyQueueScheduleToStartTimeout: stickyFor,
    }),
    Worker.create({
      ...shared,
      taskQueue: queues.provider,
      maxTaskQueueActivitiesPerSecond: (perSecond * shareOfMints) / callsOfMint,
      maxHeartbeatThrottleInterval: heartbeat,
    }),
    Worker.create({
      ...shared,
      taskQueue: queues.watch,
      maxTaskQueueActivitiesPerSecond: perSecond * (1 - shareOfMints),
    }),
  ])
  return {
    run: async () => void (await Promise.all(workers.map((worker) => worker.run()))),
    stop: () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
    },
  }
}

/**
 * Starts the workers of a Temporal that is there. For one that is away it goes on trying, and starts them when it comes.
 * `ended` settles when they have stopped.
 */
export async function startWork(
  { connect, connectLate }: Pick<Temporal, 'connect' | 'connectLate'>,
  stopping: AbortSignal,
  create: (link: Link) => Promise<Workers>,
): Promise<{ readonly ended: Promise<void> }> {
  const link = await connect()
  return { ended: link === undefined ? late() : work(await create(link)) }

  async function late(): Promise<void> {
    const found = await connectLate(stopping)
    return found && work(await create(found))
  }
  async function work(workers: Workers): Promise<void> {
    const ended = workers.run()
    if (stopping.aborted) workers.stop()
    stopping.addEventListener('abort', workers.stop)
    return ended
  }
}

function settingsOf({
  connection,
  namespace,
  dataConverter,
  identity,
  ports,
  log,
  tracing,
}: WorkerOptions): Omit<Settings, 'taskQueue'> {
  const note = (error: unknown, activity: string): void => {
    const kind = error instanceof Error ? error.name : typeof error
    const because = error instanceof Fault ? error.message : undefined
    log.error({ activity, error: kind, because, stack: framesOf(error) }, 'an activity failed')
  }
  return {
    connection,
    namespace,
    dataConverter,
    identity,
    activities: createActivities(ports),
    shutdownGraceTime: grace,
    interceptors: {
      // Outside first: what the trail hears of a failure is in closed words already.
      activity: [
        ({ info }) => ({ inbound: activityTrail({ tracing, log }, info) }),
        ({ info }) => ({ inbound: closedWords(note, info.activityType) }),
      ],
    },
  }
}

/** Where it happened, without the message: that may quote what was received. */
function framesOf(error: unknown): readonly string[] {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : []
  return lines.filter((line) => /^\s+at /.test(line))
}
