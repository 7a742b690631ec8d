import { createGraph } from '../../../src/adapters/entra/graph.ts'
import type { GraphOptions } from '../../../src/adapters/entra/graph.ts'
import { startStub } from '../http-stub.ts'
import type { Asked, Told } from '../http-stub.ts'

export const dana = 'entra:11111111-2222-4333-8444-555555555555'
export const danaId = '11111111-2222-4333-8444-555555555555'

/** A Graph whose answers the test gives; tokens `token-1`, `token-2` … are granted for an hour. */
export async function startGraph(
  answer: (asked: Asked) => Told | Promise<Told>,
  options: Partial<GraphOptions> = {},
) {
  let tokens = 0
  const stub = await startStub((asked) => {
    if (!asked.url.startsWith('/login/')) return answer(asked)
    tokens += 1
    return { body: { token_type: 'Bearer', expires_in: 3600, access_token: `token-${tokens}` } }
  })
  const graph = createGraph({
    tenantId: 'tenant',
    clientId: 'client',
    credential: { secret: 'a-secret' },
    authorityUrl: `${stub.url}/login`,
    graphUrl: `${stub.url}/v1.0`,
    ...options,
  })
  return {
    graph,
    url: stub.url,
    stop: () => stub.stop(),
    /** Requests to Graph, without those for tokens. */
    asked: () => stub.asked.filter(({ url }) => url.startsWith('/v1.0')),
    tokenRequests: () => stub.asked.filter(({ url }) => url.startsWith('/login/')),
  }
}
