import { ApplicationFailure, type Info } from '@temporalio/activity'
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker'
import type { Logger } from 'pino'
import { originOf } from '../core/correlation.ts'
import { deedOf, placeOf } from './deed.ts'
import type { Tracing } from './tracing.ts'
import { onTrail, traceIdOf } from './trail.ts'

/**
 * Runs an activity on the trail of what it carries out: the deed whose statement it was handed, or else the exception that it
 * is about. Its line in the log, its span and its requests to the provider have that id.
 */
export function activityTrail(
  { tracing, log }: { readonly tracing: Tracing; readonly log: Logger },
  info: Info,
): ActivityInboundCallsInterceptor {
  const { activityType: activity, attempt } = info
  const workflowId = info.workflowExecution?.workflowId ?? ''
  return {
    async execute(input, next) {
      const { envelope, about } = originOf(input.args)
      const correlation = envelope ? deedOf(envelope) : isUuid(about) ? about : undefined
      const since = performance.now()
      const ids = { activity, attempt, workflowId, ...(about !== undefined && { about }) }
      const start = {
        name: `activity ${activity}`,
        kind: 'consumer',
        attributes: { ...ids, ...(correlation && { 'hallpass.correlation': correlation }) },
        ...(envelope && { parent: placeOf(envelope) }),
        ...(correlation && { own: { traceId: traceIdOf(correlation) } }),
      } as const
      const ended = (outcome: 'done' | 'failed' | 'nothing-yet'): void => {
        const line = { ...ids, outcome, took: Math.round(performance.now() - since) }
        if (outcome === 'nothing-yet') log.debug(line, 'an activity was run')
        else log.info(line, 'an activity was run')
      }
      return onTrail(correlation === undefined ? {} : { correlation }, async () => {
        try {
          const result: unknown = await tracing.span(start, () => next(input))
          ended('done')
          return result
        } catch (error) {
          ended(isNothingYet(error) ? 'nothing-yet' : 'failed')
          throw error
        }
      })
    },
  }
}

/** A look that found nothing fails on purpose, and is repeated. */
function isNothingYet(error: unknown): boolean {
  return error instanceof ApplicationFailure && error.type === 'nothing-yet'
}

/** Orders are outside data: what is no id is no id of a trace. */
function isUuid(text: string | undefined): text is string {
  return text !== undefined && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}
