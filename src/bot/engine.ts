import type { Kind } from '../core/kinds.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  ApplicationFailure,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client'
import {
  InternalWorkflowStartOptionsSymbol,
  type InternalWorkflowStartOptions,
} from '@temporalio/client/lib/internal.js'
import type { Envelope, StatementOf } from '../core/envelope/statement.ts'
import { isToEnd } from '../core/exception/end.ts'
import { displayId, type PersonId } from '../core/ids.ts'
import type { Sha256 } from '../core/ports.ts'
import { no } from '../core/result.ts'
import { exceptionWorkflowId, followUpWorkflowId, searchAttribute, workflowType } from '../core/names.ts'
import { workflowSummary } from '../core/text/en.ts'
import { admission, say, type AdmissionReply, type Reply } from '../workflows/messages.ts'

/** How long a person waits for an answer before reading *not confirmed yet*; milliseconds. */
const answerWithin = 8_000
/** What ends something goes another way when it is not answered by then: PostgreSQL, from where it takes a second. */
const endingWithin = 2_500
/** A start is one call; Slack's three seconds leave no more. */
const startWithin = 2_000

/** The workflows, as the bot sees them. Methods reject when Temporal does not answer. */
export type Engine = {
  /** False when this person has another live exception of this kind already. */
  start(request: Envelope<StatementOf<'request'>>): Promise<boolean>
  /** `later`: admitted or refused, but not within `milliseconds`. */
  admission(
    request: Envelope<StatementOf<'request'>>,
    milliseconds: number,
  ): Promise<AdmissionReply | 'later'>
  /** `over`: nobody is there to hear it any more. `later`: it counts, but was not answered in time. */
  say(to: Recipient, envelope: Envelope, delivery: string): Promise<Reply | 'later' | 'over'>
}

type EngineParts = {
  readonly client: () => Client
  readonly taskQueue: string
  readonly sha256: Sha256
}

export type Recipient = {
  readonly follow: 'exception' | 'follow-up'
  readonly subject: PersonId
  readonly kind: Kind
}

/**
 * Talks to Temporal. `client` throws while there is none; one on the worker's own connection starts without a round
 * trip.
 */
export function createEngine({ client, taskQueue, sha256 }: EngineParts): Engine {
  return {
    start: async (request) => start(client(), taskQueue, request),
    async admission({ statement }, milliseconds) {
      const temporal = client()
      const handle = temporal.workflow.getHandle(
        exceptionWorkflowId(statement.body.kind, statement.body.subject),
      )
      try {
        return await temporal.withDeadline(Date.now() + milliseconds, () =>
          handle.executeUpdate(admission, { updateId: `admission-${statement.exceptionId}` }),
        )
      } catch {
        // The exception is recorded; a late answer, or one that is over already, is told by the card.
        return 'later'
      }
    },
    say: async (to, envelope, delivery) => sayTo(client(), to, envelope, sha256(delivery)),
  }
}

async function start(
  client: Client,
  taskQueue: string,
  request: Envelope<StatementOf<'request'>>,
): Promise<boolean> {
  const { exceptionId, body, requestHash } = request.statement
  const id = displayId(body.kind, exceptionId)
  await untilItAnswers(client)
  try {
    await client.withDeadline(Date.now() + startWithin, () =>
      client.workflow.start(workflowType.exception, {
        workflowId: exceptionWorkflowId(body.kind, body.subject),
        workflowIdConflictPolicy: 'FAIL',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        taskQueue,
        args: [{ request }],
        memo: { exceptionId, requestHash },
        searchAttributes: { [searchAttribute]: [id] },
        staticSummary: workflowSummary.exception(id),
        requestEagerStart: true,
        ...onceAs(exceptionId),
      }),
    )
    return true
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return isRunning(client, request)
    throw error
  }
}

/**
 * The server takes a start that comes again by this name for the one it had, also when that run is over: the same delivery
 * must not begin the same exception anew. The SDK has no other place for the name.
 */
function onceAs(
  requestId: string,
): Pick<InternalWorkflowStartOptions, typeof InternalWorkflowStartOptionsSymbol> {
  return { [InternalWorkflowStartOptionsSymbol]: { requestId } }
}

/** Whether what is running for this person is this very request, which another program started a moment ago. */
async function isRunning(client: Client, { statement }: Envelope<StatementOf<'request'>>): Promise<boolean> {
  const { exceptionId, body } = statement
  const { memo } = await client.withDeadline(Date.now() + startWithin, () =>
    client.workflow.getHandle(exceptionWorkflowId(body.kind, body.subject)).describe(),
  )
  return memo?.['exceptionId'] === exceptionId
}

/**
 * Rejects when the server does not answer now. The connection tries a call for longer than anybody waits: a start that
 * was given up could still arrive, after the person had read that nothing was recorded.
 */
async function untilItAnswers(client: Client): Promise<void> {
  const silent = sleep(startWithin, undefined, { ref: false }).then(() => {
    throw new Error('Temporal does not answer.')
  })
  await Promise.race([client.connection.workflowService.getSystemInfo({}), silent])
}

async function sayTo(
  client: Client,
  to: Recipient,
  envelope: Envelope,
  updateId: string,
): Promise<Reply | 'later' | 'over'> {
  const id =
    to.follow === 'exception' ? exceptionWorkflowId(to.kind, to.subject) : followUpWorkflowId(to.subject)
  const patience = isToEnd(envelope.statement) ? endingWithin : answerWithin
  const update = client.withDeadline(Date.now() + patience, () =>
    client.workflow.getHandle(id).executeUpdate(say, { args: [envelope], updateId }),
  )
  try {
    // The deadline is one of each try, and the connection tries for longer than anybody waits.
    return await Promise.race([update, sleep(patience, 'later' as const, { ref: false })])
  } catch (error) {
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return 'later'
    if (error instanceof WorkflowNotFoundError) return 'over'
    if (error instanceof WorkflowUpdateFailedError) return notLetIn(error)
    throw error
  }
}

/** The validator lets noise in no further; its code is the error's type. */
function notLetIn({ cause }: WorkflowUpdateFailedError): Reply | 'later' {
  const code = cause instanceof ApplicationFailure ? cause.type : undefined
  if (code === 'over' || code === 'enough-refusals' || code === 'unverified') return no({ code })
  return 'later'
}
