import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Envelope } from '../../core/envelope/statement.ts'
import type { CaseStatement, CaseStatementOf } from '../../core/fraud/statement.ts'
import { caseDisplayId, type CaseId, type PersonId } from '../../core/ids.ts'
import { fraudWorkflowId, searchAttribute, workflowType } from '../../core/names.ts'
import type { Sha256 } from '../../core/ports.ts'
import { no } from '../../core/result.ts'
import { workflowSummary } from '../../core/text/en.ts'
import { say, stop, type Reply } from '../../workflows/messages.ts'

/** The workflows of cases, as the bot sees them. Methods reject when Temporal does not answer. */
export type CaseEngine = {
  /** Opens a case, or adds to the one that is open about this person; answers which. Durable when it resolves. */
  report(report: Report): Promise<CaseId>
  /** `later`: it counts, but was not answered in time. */
  say(subject: PersonId, envelope: Envelope<CaseStatement>, delivery: string): Promise<Reply | 'later'>
}

type Report = Envelope<CaseStatementOf<'report'>>

type EngineParts = {
  readonly client: () => Client
  readonly taskQueue: string
  readonly sha256: Sha256
}

/** A report may take this long, so that who is silent is noticed while the person still looks; milliseconds. */
const reportWithin = 2_000
const answerWithin = 8_000

/** Talks to Temporal about cases. */
export function createCaseEngine({ client, taskQueue, sha256 }: EngineParts): CaseEngine {
  return {
    report: async (report) => reportTo(client(), taskQueue, report),
    say: async (subject, envelope, delivery) => sayTo(client(), subject, envelope, sha256(delivery)),
  }
}

/** Starts the one case about a person, or lets the running one know. Twice is once. */
export async function reportTo(client: Client, taskQueue: string, report: Report): Promise<CaseId> {
  const { caseId, body } = report.statement
  const workflowId = fraudWorkflowId(body.subject)
  const id = caseDisplayId(caseId)
  return within(reportWithin, async () => {
    try {
      await client.workflow.start(workflowType.fraud, {
        workflowId,
        workflowIdConflictPolicy: 'FAIL',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        taskQueue,
        args: [{ report }],
        memo: { caseId },
        searchAttributes: { [searchAttribute]: [id] },
        staticSummary: workflowSummary.fraud(id),
      })
      return caseId
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
      const handle = client.workflow.getHandle(workflowId)
      await handle.signal(stop, report)
      const { memo } = await handle.describe()
      return typeof memo?.['caseId'] === 'string' ? memo['caseId'] : caseId
    }
  })
}

async function sayTo(
  client: Client,
  subject: PersonId,
  envelope: Envelope<CaseStatement>,
  updateId: string,
): Promise<Reply | 'later'> {
  const handle = client.workflow.getHandle(fraudWorkflowId(subject))
  try {
    return await Promise.race([
      handle.executeUpdate(say, { args: [envelope], updateId }),
      sleep(answerWithin, 'later' as const, { ref: false }),
    ])
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateFailedError)
      return no({ code: 'over' })
    throw error
  }
}

async function within<Value>(milliseconds: number, work: () => Promise<Value>): Promise<Value> {
  const silent = sleep(milliseconds, undefined, { ref: false }).then(() => {
    throw new Error('Temporal does not answer.')
  })
  return Promise.race([work(), silent])
}
