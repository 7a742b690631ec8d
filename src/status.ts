import { Hono } from 'hono'
import type { Ground } from './parts.ts'
import { openServer } from './server.ts'
import { createReadiness } from './readiness.ts'
import { partsUp } from './telemetry/parts-up.ts'
import { createRecordFigures } from './telemetry/record-figures.ts'
import type { TemporalMetrics } from './telemetry/temporal-metrics.ts'

/**
 * Where operators look, apart from Slack's door: `/healthz` answers while the process lives, `/readyz` says which part it
 * has to do without, and `/metrics` is what Prometheus reads.
 */
export async function startStatus(
  ground: Ground,
  ofTemporal: Pick<TemporalMetrics, 'text'>,
): Promise<{ readonly stop: () => Promise<void> }> {
  const { HALLPASS_STATUS_HOST: host, HALLPASS_STATUS_PORT: port } = ground.config
  const readiness = createReadiness(ground)
  const app = new Hono()
  app.get('/healthz', (context) => context.text('ok\n'))
  app.get('/readyz', async (context) => {
    const parts = await readiness()
    const isReady = Object.values(parts).every((state) => state === 'ok')
    return context.json(parts, isReady ? 200 : 503)
  })
  const figures = createRecordFigures(ground.pool)
  app.get('/metrics', async (context) => {
    const texts = await Promise.all([
      ground.telemetry.metrics.text(),
      readiness().then(partsUp),
      figures(),
      ofTemporal.text(),
    ])
    return context.text(texts.join('\n'), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
  })
  const mend = 'it may be in use; check HALLPASS_STATUS_HOST and HALLPASS_STATUS_PORT'
  return openServer(app.fetch, { host, port, mend })
}
