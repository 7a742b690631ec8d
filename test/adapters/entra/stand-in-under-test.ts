import { onTestFinished } from 'vitest'
import { createGraph } from '../../../src/adapters/entra/graph.ts'
import type { EntraOptions } from '../../../src/sandbox/entra/server.ts'
import { startEntra } from '../../../src/sandbox/entra/server.ts'
import { memoryStore } from '../../../src/sandbox/state-store.ts'

export const danaOfStandIn = 'entra:defbe23d-db50-49da-8680-a29b3c2d553b'
export const adeleOfStandIn = 'entra:49741b23-85ad-4df5-af75-b1b39b7dfc36'
export const nobody = 'entra:00000000-0000-4000-8000-00000000dead'

const app = {
  tenantId: '5b1c7a4e-0000-4000-8000-000000000001',
  clientId: '5b1c7a4e-0000-4000-8000-000000000002',
}
const secret = 'the-secret-of-the-stand-in'

/** The stand-in and Graph at it; it is closed after the test. */
export async function openStandIn(options: Partial<EntraOptions> = {}) {
  const entra = await startEntra({ ...app, clientSecret: secret, store: memoryStore(), ...options })
  onTestFinished(() => entra.close())
  const { authorityUrl, graphUrl } = entra
  return { entra, graph: createGraph({ ...app, credential: { secret }, authorityUrl, graphUrl }) }
}

/** What Graph says where the tenant has no licence for ID Protection. */
export const unlicensed = {
  error: { code: 'Forbidden', message: 'Your tenant is not licensed for this feature.' },
}

/** Failures that may pass, as the stand-in's planned faults, and the error that each becomes. */
export const passingFailures = [
  [
    'a 429 that says when',
    { do: 'status', status: 429, headers: { 'retry-after': '7' } },
    { code: 'throttled', retryAfter: 7 },
  ],
  // ID Protection does not say when to come back.
  ['a 429 that says nothing', { do: 'status', status: 429 }, { code: 'throttled', retryAfter: undefined }],
  ['a 503', { do: 'status', status: 503 }, { code: 'unavailable', status: '503' }],
  ['a cut connection', { do: 'drop' }, { code: 'unavailable', status: 'network' }],
] as const
