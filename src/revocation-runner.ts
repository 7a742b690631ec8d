import { setTimeout as sleep } from 'node:timers/promises'
import { WorkflowNotFoundError, type Client } from '@temporalio/client'
import type { Pool } from 'pg'
import { carryOutReport } from './activities/fraud/carry-out-report.ts'
import { isReport } from './activities/fraud/open-case.ts'
import { carryOut } from './activities/revocation.ts'
import type { Ports } from './activities/ports.ts'
import {
  pendingRevocations,
  revocationDone,
  type PendingRevocation,
} from './adapters/postgres/revocations.ts'
import { isCaseEnvelope, isEnvelope } from './core/envelope/is-envelope.ts'
import type { Envelope } from './core/envelope/statement.ts'
import { isOver } from './core/exception/end.ts'
import { exceptionWorkflowId } from './core/names.ts'
import type { CaseStatement } from './core/fraud/statement.ts'
import type { FactViews } from './core/ports.ts'
import { reportTo } from './bot/fraud/engine.ts'
import { onDeed } from './telemetry/deed.ts'
import { stop } from './workflows/messages.ts'

/** How long a signed revocation waits at most before it is carried out; milliseconds. */
const every = 1_000

export type RevocationRunner = { readonly stop: () => Promise<void> }

/**
 * Carries out what the bot wrote to PostgreSQL because Temporal did not hear it, and lets the workflow know afterwards.
 * The two go on beside each other: a Temporal that does not answer holds up no revocation. `views` show what the facts say.
 */
export function runRevocations(
  pool: Pool,
  ports: Ports,
  views: FactViews,
  client: () => Client | undefined,
  taskQueue: string,
): RevocationRunner {
  const stopping = new AbortController()
  const { signal } = stopping
  const repeat = async (work: Step): Promise<void> => {
    while (!signal.aborted) {
      await onePass(pool, ports, work).catch(() => ports.warn('revocations can not be read', {}))
      await sleep(every, undefined, { signal }).catch(() => undefined)
    }
  }
  const running = [
    repeat(async ({ id, envelope, exceptionId, done }) => {
      if (done.includes('credential-ended')) return
      const became = isCaseEnvelope(envelope)
        ? await carryOutReport(ports, envelope)
        : await carryOut(ports, views, { envelope, exceptionId })
      await revocationDone(pool, id, became === 'ended' ? 'credential-ended' : 'closed')
    }),
    repeat(async ({ id, envelope, done }) => {
      if (!done.includes('credential-ended')) return
      const temporal = client()
      if (temporal === undefined) return
      if (isCaseEnvelope(envelope)) await letCaseKnow(ports, temporal, taskQueue, envelope)
      else if (isEnvelope(envelope)) await letWorkflowKnow(views, temporal, envelope)
      await revocationDone(pool, id, 'closed')
    }),
  ]
  return {
    async stop() {
      stopping.abort()
      await Promise.all(running)
    },
  }
}

type Step = (revocation: PendingRevocation) => Promise<void>

async function onePass(pool: Pool, ports: Ports, work: Step): Promise<void> {
  for (const revocation of await pendingRevocations(pool)) {
    try {
      await onDeed(revocation.envelope, () => work(revocation))
    } catch (error) {
      ports.warn('a revocation has to be tried again', {
        because: error instanceof Error ? error.message : 'unknown',
      })
    }
  }
}

/** A report that was acted on already opens its case all the same: security looks into it. */
async function letCaseKnow(
  ports: Ports,
  client: Client,
  taskQueue: string,
  envelope: Envelope<CaseStatement>,
): Promise<void> {
  if (isReport(ports, envelope)) await reportTo(client, taskQueue, envelope)
}

/** The workflow records it in its own chain. What is over, and lives on as nothing else, has nothing to record. */
async function letWorkflowKnow(views: FactViews, client: Client, envelope: Envelope): Promise<void> {
  const about = await views.byId(envelope.statement.exceptionId)
  if (about === undefined || isOver(about.state)) return
  const { kind, subject } = about.state.request
  try {
    await client.workflow.getHandle(exceptionWorkflowId(kind, subject)).signal(stop, envelope)
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error
  }
}
