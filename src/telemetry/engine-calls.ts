import type { WorkflowClientInterceptor } from '@temporalio/client'
import type { Logger } from 'pino'
import { originOf } from '../core/correlation.ts'
import type { Contacts } from './contacts.ts'
import { deedOf, placeOf } from './deed.ts'
import type { Tracing } from './tracing.ts'
import { currentTrail, onTrail } from './trail.ts'

type Parts = { readonly tracing: Tracing; readonly contacts: Contacts; readonly log: Logger }

/**
 * What a statement was handed to: one line of the log and one span for each. Nothing is added to what is sent; a worker finds
 * the span again by the statement's signature.
 */
export function engineCalls({ tracing, contacts, log }: Parts): WorkflowClientInterceptor {
  const watch = async <Answer>(
    call: string,
    workflowId: string | null | undefined,
    args: readonly unknown[],
    work: () => Promise<Answer>,
  ): Promise<Answer> => {
    const { envelope, about } = originOf(args)
    const ids = { ...(workflowId && { workflowId }), ...(about !== undefined && { about }) }
    const said = envelope?.statement.kind ?? 'nothing'
    const start = {
      name: `engine ${call} ${said}`,
      kind: 'client',
      attributes: { ...ids, 'hallpass.said': said },
      ...(envelope && { own: placeOf(envelope) }),
    } as const
    // Signals of fraud come without anybody's deed in Slack: then the statement begins the trail.
    const trail = { ...currentTrail(), ...(envelope && { correlation: deedOf(envelope) }) }
    return onTrail(trail, () =>
      tracing.span(start, async () => {
        if (envelope !== undefined) log.info({ call, said, ...ids }, 'handed to the engine')
        const answer = await work()
        contacts.seen('temporal')
        return answer
      }),
    )
  }
  return {
    startWithDetails: async (input, next) =>
      watch('start', input.options.workflowId, input.options.args, async () => next(input)),
    startUpdate: async (input, next) =>
      watch('update', input.workflowExecution.workflowId, input.args, async () => next(input)),
    signal: async (input, next) =>
      watch('signal', input.workflowExecution.workflowId, input.args, async () => next(input)),
    signalWithStart: async (input, next) =>
      watch('signal', input.options.workflowId, input.signalArgs, async () => next(input)),
  }
}
