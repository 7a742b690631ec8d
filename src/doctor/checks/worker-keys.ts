import { isGrpcServiceError } from '@temporalio/client'
import proto from '@temporalio/proto'
import { readEncryptionKeys } from '../../adapters/temporal/encryption-keys.ts'
import { keyNames, keysOfWorker } from '../../adapters/temporal/worker-identity.ts'
import { taskQueues } from '../../core/names.ts'
import { NotSet, type Check } from '../check.ts'
import type { Examined } from '../examined.ts'
import { ok, unchecked, warning, wrong, type Finding } from '../finding.ts'

/** Whether the workers that run now read what is encrypted with the keys that are set here, and the other way round. */
export function workerKeyChecks(examined: Examined): readonly Check[] {
  return [{ part: 'Temporal', name: 'temporal.keys', look: () => lookAtWorkers(examined) }]
}

async function lookAtWorkers(examined: Examined): Promise<readonly Finding[]> {
  const ours = oursOf(examined)
  const { connection, namespace } = await examined.temporal()
  try {
    const { pollers } = await connection.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: taskQueues(examined.installation).main },
      taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    })
    const workers = pollers?.flatMap(({ identity }) => identity ?? [])
    return judgeWorkerKeys(ours, workers ?? [])
  } catch (error) {
    // No namespace, or no leave to enter it.
    if (isGrpcServiceError(error) && [5, 7, 16].includes(error.code)) return [notSeen]
    throw error
  }
}

function oursOf({ setting }: Examined): readonly string[] {
  const text = setting('HALLPASS_ENCRYPTION_KEY')
  try {
    return keyNames(readEncryptionKeys(text))
  } catch {
    throw new NotSet('HALLPASS_ENCRYPTION_KEY is no key')
  }
}

/** Judges the keys here beside those of workers by how they are called; the first key of each writes. */
export function judgeWorkerKeys(ours: readonly string[], workers: readonly string[]): readonly Finding[] {
  if (workers.length === 0) return [nobody]
  const said = workers.map((worker) => ({ worker, keys: keysOfWorker(worker) }))
  const others = said.flatMap((one) => judgeWorker(ours, one))
  return others.length > 0
    ? others
    : [
        ok(
          'The workers that run now read what is written with HALLPASS_ENCRYPTION_KEY here, and the other way round.',
        ),
      ]
}

type Said = { readonly worker: string; readonly keys: readonly string[] | undefined }

function judgeWorker(ours: readonly string[], { worker, keys }: Said): readonly Finding[] {
  if (keys === undefined) return [silent(worker)]
  if (areRead(ours, keys) && areRead(keys, ours)) return judgeOlder(ours, worker, keys)
  return [
    wrong(
      `The worker ${worker} ${areRead(ours, keys) ? 'writes what can’t be read' : 'can’t read what is written'} with the HALLPASS_ENCRYPTION_KEY that is set here.`,
      'Give the bots and the workers the same keys, and start them anew: docs/install/keys.md. One that was stopped is listed for five minutes more.',
    ),
  ]
}

/** Keys that only read: what was written with them is still in histories. */
function judgeOlder(ours: readonly string[], worker: string, theirs: readonly string[]): readonly Finding[] {
  const alone = [...ours, ...theirs].filter((key) => !ours.includes(key) || !theirs.includes(key))
  if (alone.length === 0) return []
  return [
    warning(
      `The worker ${worker} and the HALLPASS_ENCRYPTION_KEY that is set here have different keys to read with (${alone.join(', ')}): what was written with these is not read by both.`,
      'Give the bots and the workers the same keys, and start them anew: docs/install/keys.md.',
    ),
  ]
}

function areRead([first = '']: readonly string[], by: readonly string[]): boolean {
  return by.includes(first)
}

const notSeen = unchecked(
  'Which keys the workers have can’t be seen from here.',
  'See what Temporal says above.',
)

const again = 'Run the doctor again while the workers of this version run, and no others.'

const nobody = unchecked('No worker runs now that could say which encryption keys it has.', again)

function silent(worker: string): Finding {
  return unchecked(
    `The worker ${worker} does not say which encryption keys it has: it is of an older version, or none of ours.`,
    again,
  )
}
