import { Connection } from '@temporalio/client'
import { searchAttribute, workflowType } from '../../core/names.ts'

export type Histories = {
  /** The address of an exception's own history in Temporal's UI, by the id that people know; undefined until it is found. */
  readonly addressOf: (id: string) => string | undefined
  /** Looks for those that are not found yet. Never rejects: Temporal may be away. */
  readonly find: (ids: readonly string[]) => Promise<void>
  readonly close: () => Promise<void>
}

export type HistoriesOptions = {
  readonly address: string
  readonly namespace: string
  /** Temporal's UI. */
  readonly uiUrl: string
}

const patience = 1000

/** Knows which run of a workflow is whose: a person's exceptions follow each other under one workflow id. */
export function openHistories({ address, namespace, uiUrl }: HistoriesOptions): Histories {
  const connection = Connection.lazy({ address })
  const found = new Map<string, string>()
  const find = async (id: string): Promise<void> => {
    const query = `${searchAttribute} = "${id}" and WorkflowType = "${workflowType.exception}"`
    const { executions } = await connection.withDeadline(Date.now() + patience, () =>
      connection.workflowService.listWorkflowExecutions({ namespace, query, pageSize: 1 }),
    )
    const { workflowId, runId } = executions[0]?.execution ?? {}
    if (workflowId && runId)
      found.set(
        id,
        `${uiUrl}/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}/${runId}/history`,
      )
  }
  return {
    addressOf: (id) => found.get(id),
    async find(ids) {
      await Promise.allSettled(ids.filter((id) => !found.has(id)).map(find))
    },
    close: () => connection.close(),
  }
}
