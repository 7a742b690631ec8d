import type { Logger } from 'pino'
import { sha256 } from '../adapters/signing/keys.ts'
import type { DeedPort } from '../bot/ports.ts'
import { correlationId, originOf } from '../core/correlation.ts'
import type { AnyStatement, Envelope } from '../core/envelope/statement.ts'
import type { Metrics } from './metrics.ts'
import type { Tracing } from './tracing.ts'
import { onTrail, traceIdOf, type SpanPlace } from './trail.ts'

type Parts = { readonly tracing: Tracing; readonly metrics: Metrics; readonly log: Logger }

/** Runs the answer to what somebody did in Slack: with its correlation id in each line, and as the first span of its trace. */
export function watchDeeds({ tracing, metrics, log }: Parts): DeedPort {
  return async ({ what, kind, actor, at }, work) => {
    const correlation = correlationId(sha256, actor, at)
    const since = performance.now()
    const start = {
      name: `slack ${what}`,
      kind: 'server',
      attributes: { 'hallpass.correlation': correlation, ...(kind && { 'hallpass.kind': kind }) },
      own: { traceId: traceIdOf(correlation) },
    } as const
    return onTrail({ correlation }, async () => {
      try {
        return await tracing.span(start, work)
      } finally {
        const took = Math.round(performance.now() - since)
        metrics.answered(what, took / 1000)
        log.info({ what, kind, by: actor.person, took }, 'answered in Slack')
      }
    })
  }
}

/** The id of the deed behind a statement. */
export function deedOf({ statement }: Envelope<AnyStatement>): string {
  return correlationId(sha256, statement.actor, statement.at)
}

/** Runs work for a statement that came another way than through the engine. */
export function onDeed<Outcome>(message: unknown, work: () => Outcome): Outcome {
  const { envelope } = originOf([message])
  return onTrail(envelope === undefined ? {} : { correlation: deedOf(envelope) }, work)
}

/** Where the span of handing a statement to the engine is, made of what both sides have: the statement and its signature. */
export function placeOf(envelope: Envelope<AnyStatement>): SpanPlace {
  const spanId = sha256(`span/${envelope.signature}`).slice(0, 16)
  return { traceId: traceIdOf(deedOf(envelope)), spanId }
}
