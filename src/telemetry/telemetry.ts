import type { Environment } from '../settings/settings.schema.ts'
import { step } from '../start-step.ts'
import { version } from '../version.ts'
import { createContacts, type Contacts } from './contacts.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { watchRequests, type Watched } from './outgoing.ts'
import { createTracing, type Tracing } from './tracing.ts'

/** What is watched of this process, from its start on. */
export type Telemetry = {
  readonly startedAt: number
  readonly metrics: Metrics
  readonly tracing: Tracing
  readonly contacts: Contacts
  /** Requests to Slack and to Microsoft Graph. */
  readonly slack: Watched
  readonly graph: Watched
}

/** Begins to watch. Traces go where OpenTelemetry's own variables say. */
export async function createTelemetry(env: Environment): Promise<Telemetry> {
  const contacts = createContacts()
  const metrics = createMetrics(contacts)
  const tracing = await step('OTEL_EXPORTER_OTLP_ENDPOINT or _HEADERS', () => createTracing(env, version))
  const parts = { contacts, metrics, tracing }
  return {
    startedAt: Date.now(),
    ...parts,
    slack: watchRequests('slack', parts),
    graph: watchRequests('graph', parts),
  }
}
