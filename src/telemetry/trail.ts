import { AsyncLocalStorage } from 'node:async_hooks'

/** Where a span is: ids as OpenTelemetry writes them, in hex. */
export type SpanPlace = { readonly traceId: string; readonly spanId: string }

/** To what the work in hand belongs. */
export type Trail = {
  /** A UUID: the deed's, or the exception's where no deed is known. */
  readonly correlation?: string
  /** The span that the next one is part of. */
  readonly span?: SpanPlace
}

const storage = new AsyncLocalStorage<Trail>()

/** To what the work in hand belongs, also across what it waits for. */
export function currentTrail(): Trail {
  return storage.getStore() ?? {}
}

/** Runs work that belongs to this. */
export function onTrail<Outcome>(trail: Trail, work: () => Outcome): Outcome {
  return storage.run(trail, work)
}

/** A correlation id as the id of a trace, which has the same bits. */
export function traceIdOf(correlation: string): string {
  return correlation.replaceAll('-', '')
}
