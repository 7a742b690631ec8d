import type { Environment } from '../settings/settings.schema.ts'
import type { SpanPlace } from './trail.ts'

/** Ids, names and numbers: never a body, a header or a secret. */
export type Attributes = Readonly<Record<string, string | number>>

type SpanStart = {
  readonly name: string
  readonly kind: 'server' | 'client' | 'consumer'
  readonly attributes?: Attributes
  /** Ids that others can find again; random ones otherwise. */
  readonly own?: Partial<SpanPlace>
  /** What it is part of, where that is not the span in hand. */
  readonly parent?: SpanPlace
}

/** Tells a span what is known only later. */
type SpanNotes = { readonly set: (attributes: Attributes) => void }

/** Spans of the work. */
export type Tracing = {
  /** Runs the work as a span. What it throws marks the span as failed, by its name alone. */
  readonly span: <Outcome>(start: SpanStart, work: (notes: SpanNotes) => Promise<Outcome>) => Promise<Outcome>
  /** Sends what is not sent yet; in bounded time. */
  readonly close: () => Promise<void>
}

const none: Tracing = { span: (_, work) => work({ set: () => undefined }), close: async () => undefined }

/** Tracing where OpenTelemetry is configured, by its own variables; otherwise nothing, and none of its code is loaded. */
export async function createTracing(env: Environment, version: string): Promise<Tracing> {
  const url = tracesUrl(env)
  if (url === undefined) return none
  // The library would quote it, with whatever password is in it.
  if (!URL.canParse(url)) throw new TypeError('it is no address')
  const { startTracing } = await import('./open-telemetry.ts')
  return startTracing({
    url,
    headers: headersOf(env['OTEL_EXPORTER_OTLP_HEADERS'] ?? ''),
    serviceName: env['OTEL_SERVICE_NAME']?.trim() || 'hallpass',
    version,
  })
}

/** As OpenTelemetry's specification has it: the address for traces as it is, the common one with a path. */
function tracesUrl(env: Environment): string | undefined {
  if (env['OTEL_SDK_DISABLED']?.trim().toLowerCase() === 'true') return undefined
  const own = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']?.trim()
  if (own) return own
  const common = env['OTEL_EXPORTER_OTLP_ENDPOINT']?.trim()
  return common ? `${common.replace(/\/$/, '')}/v1/traces` : undefined
}

/** `name=value,name=value`, values encoded as in an address. */
function headersOf(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').flatMap((pair) => {
    const at = pair.indexOf('=')
    return at < 1 ? [] : [[pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())] as const]
  })
  return Object.fromEntries(pairs)
}
