import { once } from 'node:events'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import type { Ground } from './parts.ts'
import { step } from './start-step.ts'
import { createReadiness } from './readiness.ts'

/**
 * Where operators look, apart from Slack's door: `/healthz` answers while the process lives, `/readyz` says which part it
 * has to do without.
 */
export async function startStatus(ground: Ground): Promise<{ readonly stop: () => Promise<void> }> {
  const { HALLPASS_STATUS_HOST: host, HALLPASS_STATUS_PORT: port } = ground.config
  const readiness = createReadiness(ground)
  const app = new Hono()
  app.get('/healthz', (context) => context.text('ok\n'))
  app.get('/readyz', async (context) => {
    const parts = await readiness()
    const isReady = Object.values(parts).every((state) => state === 'ok')
    return context.json(parts, isReady ? 200 : 503)
  })
  const server = createAdaptorServer({ fetch: app.fetch })
  const mend = 'it may be in use; check HALLPASS_STATUS_HOST and HALLPASS_STATUS_PORT'
  await step(`Can't listen at ${host}:${port}: ${mend}`, async () => {
    server.listen(port, host)
    await once(server, 'listening')
  })
  return {
    async stop() {
      const closed = once(server, 'close')
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
    },
  }
}
