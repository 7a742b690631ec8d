import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Context } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, RandomIdGenerator, TracerProvider } from '@opentelemetry/sdk-trace'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Tracing } from './tracing.ts'
import { currentTrail, onTrail, type SpanPlace } from './trail.ts'

export type OpenTelemetry = {
  /** Where spans go, by OTLP over HTTP, as JSON. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly serviceName: string
  readonly version: string
}

/** Spans are sent together, so often; milliseconds. */
const sendEvery = 1_000
/** A collector that is away holds up no stop for longer; milliseconds. */
const lastWords = 2_000

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
} as const

/**
 * Sends spans to a collector. Nothing is registered for the whole process and nothing is instrumented by itself: only what
 * Hallpass says about its own work gets out.
 */
export function startTracing({ url, headers, serviceName, version }: OpenTelemetry): Tracing {
  const ids = createIds()
  const exporter = new OTLPTraceExporter({ url, headers: { ...headers } })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: sendEvery })],
    idGenerator: ids.generator,
  })
  const tracer = provider.getTracer('hallpass', version)
  return {
    async span({ name, kind, attributes, own, parent }, work) {
      const trail = currentTrail()
      const options = { kind: kinds[kind], ...(attributes && { attributes: { ...attributes } }) }
      const span = ids.withOwn(own, () => tracer.startSpan(name, options, within(parent ?? trail.span)))
      try {
        return await onTrail({ ...trail, span: span.spanContext() }, () =>
          work({ set: (more) => span.setAttributes({ ...more }) }),
        )
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR })
        span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown')
        throw error
      } finally {
        span.end()
      }
    },
    async close() {
      await Promise.race([provider.shutdown().catch(() => undefined), sleep(lastWords)])
    },
  }
}

/** Random ids, except where somebody has to find them again. */
function createIds() {
  let own: Partial<SpanPlace> = {}
  const random = new RandomIdGenerator()
  return {
    generator: {
      generateTraceId: () => own.traceId ?? random.generateTraceId(),
      generateSpanId: () => own.spanId ?? random.generateSpanId(),
    },
    /** Ids are made while a span is started, at once: nobody else's come between. */
    withOwn<Started>(given: Partial<SpanPlace> = {}, start: () => Started): Started {
      own = given
      const started = start()
      own = {}
      return started
    },
  }
}

function within(parent: SpanPlace | undefined): Context {
  if (parent === undefined) return ROOT_CONTEXT
  const { traceId, spanId } = parent
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  })
}
