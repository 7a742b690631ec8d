import { fileURLToPath } from 'node:url'
import type { WorkflowHandle } from '@temporalio/client'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'
import { newKeys } from '../../src/adapters/signing/keys.ts'
import { createSigner } from '../../src/adapters/signing/signer.ts'
import type { Envelope, Said, Statement, StatementOf } from '../../src/core/envelope/statement.ts'
import { taskQueues } from '../../src/core/names.ts'
import { NativeConnection, Worker } from '../setup/native-core.ts'
import type { Scene, Subject } from './scene.ts'

/** Somebody with access to Temporal and without the bot's key. */
export type Intruder = {
  /** Has the real worker run its minting activity; everything before it was faked with success. */
  readonly mint: (order: unknown) => Promise<unknown>
  /** Has the real worker run activities of a case, one after the other; answers what they answered. */
  readonly inCase: (orders: readonly (readonly [string, unknown])[]) => Promise<readonly unknown[]>
  readonly close: () => Promise<void>
}

/** Lets a foreign worker in, whose activities all answer with success. */
export async function letIntruderIn({ temporal, namespace, environment }: Scene): Promise<Intruder> {
  const connection = await NativeConnection.connect({ address: environment['TEMPORAL_ADDRESS'] ?? '' })
  const taskQueue = 'foreign'
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('./hostile-workflow.ts', import.meta.url)),
      logger: new DefaultLogger('ERROR'),
    }),
    activities: { admit: succeed, hear: succeed },
  })
  const working = worker.run()
  let attempts = 0
  return {
    mint: (order) =>
      temporal.workflow.execute('mintDirectly', {
        workflowId: `foreign-${(attempts += 1)}`,
        taskQueue,
        args: [taskQueues('sandbox').provider, order],
      }),
    inCase: (orders) =>
      temporal.workflow.execute('caseDirectly', {
        workflowId: `foreign-${(attempts += 1)}`,
        taskQueue,
        args: [taskQueues('sandbox').main, orders],
      }),
    async close() {
      worker.shutdown()
      await working
      await connection.close()
    },
  }
}

const foreignKeys = createSigner(newKeys().signingKey)

/** Signs with a key that is not the bot's. */
export function signedByAnother<S extends Statement>(statement: S): Envelope<S> {
  return foreignKeys.sign(statement)
}

function succeed(): Promise<object> {
  return Promise.resolve({ is: 'heard', ok: true, standing: { active: true, mayApprove: true } })
}

/** What the bot signed about a person's exception, as anybody who reads the history finds it; the newest of each kind. */
export async function readEnvelopes(scene: Scene, subject: Subject, runId?: string) {
  const { events } = await handleOf(scene, subject, runId).fetchHistory()
  const inputs = (events ?? []).flatMap((event) => [
    event.workflowExecutionStartedEventAttributes?.input,
    event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.args,
  ])
  const envelopes = inputs.flatMap((input) =>
    (input?.payloads ?? []).map(({ data }) => {
      const sent = JSON.parse(Buffer.from(data ?? []).toString('utf8')) as Envelope | { request: Envelope }
      return 'request' in sent ? sent.request : sent
    }),
  )
  return <Kind extends Said['kind']>(kind: Kind): Envelope<StatementOf<Kind>> => {
    const found = envelopes.findLast(({ statement }) => statement.kind === kind)
    if (found === undefined) throw new Error(`Nobody said ${kind} about ${subject.name}.`)
    return found as Envelope<StatementOf<Kind>>
  }
}

/** Takes a workflow back to before its newest update of this kind was accepted; answers the id of the new run. */
export async function resetToBefore(scene: Scene, subject: Subject, kind: Said['kind']): Promise<string> {
  const handle = scene.workflowOf(subject)
  const { events } = await handle.fetchHistory()
  const list = events ?? []
  const accepted = list.findLastIndex(({ workflowExecutionUpdateAcceptedEventAttributes: update }) =>
    (update?.acceptedRequest?.input?.args?.payloads ?? []).some(({ data }) =>
      Buffer.from(data ?? [])
        .toString('utf8')
        .includes(`"kind":"${kind}"`),
    ),
  )
  // The update is accepted by a task that has just completed; the one before that does not know it yet.
  const own = list.findLastIndex((event, at) => at < accepted && isCompletedTask(event))
  const before = list.findLast((event, at) => at < own && isCompletedTask(event))
  const { runId } = (await handle.describe()).raw.workflowExecutionInfo?.execution ?? {}
  const answer = await scene.temporal.workflowService.resetWorkflowExecution({
    namespace: scene.namespace,
    workflowExecution: { workflowId: handle.workflowId, runId: runId ?? '' },
    workflowTaskFinishEventId: before?.eventId ?? null,
    reason: 'test',
    requestId: `reset-${Date.now()}`,
  })
  return answer.runId
}

/** What activities answered in one run, as one text. */
export async function answersOf(scene: Scene, subject: Subject, runId: string): Promise<string> {
  const { events } = await handleOf(scene, subject, runId).fetchHistory()
  const results = (events ?? []).flatMap(
    ({ activityTaskCompletedEventAttributes: done }) => done?.result?.payloads ?? [],
  )
  return results.map(({ data }) => Buffer.from(data ?? []).toString('utf8')).join('\n')
}

function isCompletedTask(event: { readonly workflowTaskCompletedEventAttributes?: unknown }): boolean {
  return event.workflowTaskCompletedEventAttributes != null
}

function handleOf(scene: Scene, subject: Subject, runId?: string): WorkflowHandle {
  return scene.temporal.workflow.getHandle(scene.workflowOf(subject).workflowId, runId)
}
