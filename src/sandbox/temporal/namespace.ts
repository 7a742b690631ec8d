import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import { msNumberToTs } from '@temporalio/common/lib/time.js'

const retention = msNumberToTs(90 * 24 * 60 * 60_000)
const alreadyExists = 6
/** `INDEXED_VALUE_TYPE_KEYWORD` */
const keyword = 2

/**
 * Gives a server the namespace with 90 days of retention (reviewers read histories long after) and the
 * search attribute `HallpassId`, once it answers. Rejects when it does not within the patience in milliseconds.
 */
export async function prepareNamespace(address: string, namespace: string, patience: number): Promise<void> {
  const connection = await connect(address, Date.now() + patience)
  try {
    const { workflowService, operatorService } = connection
    await workflowService
      .registerNamespace({ namespace, workflowExecutionRetentionPeriod: retention })
      .catch(unlessCode(alreadyExists))
    await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: retention } })
    await operatorService
      // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- its enum is in a package that the client does not pass on
      .addSearchAttributes({ namespace, searchAttributes: { HallpassId: keyword } })
      .catch(unlessCode(alreadyExists))
    await untilKnown(connection, namespace, Date.now() + patience)
  } finally {
    await connection.close()
  }
}

async function connect(address: string, until: number): Promise<Connection> {
  for (;;) {
    try {
      return await Connection.connect({ address, connectTimeout: 1000 })
    } catch (cause) {
      if (Date.now() > until) throw new Error(`Temporal does not answer at ${address}.`, { cause })
      await sleep(50)
    }
  }
}

// The parts of a server read a new namespace a moment after it was made.
async function untilKnown(connection: Connection, namespace: string, until: number): Promise<void> {
  for (;;) {
    try {
      await connection.workflowService.countWorkflowExecutions({ namespace, query: 'HallpassId = "none"' })
      return
    } catch (cause) {
      if (Date.now() > until) throw new Error(`Temporal does not know the namespace ${namespace}.`, { cause })
      await sleep(100)
    }
  }
}

function unlessCode(code: number): (error: unknown) => void {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === code) return
    throw error
  }
}
