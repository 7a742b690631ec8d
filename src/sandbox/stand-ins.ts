import { randomBytes } from 'node:crypto'
import { startEntra } from './entra/server.ts'
import type { EntraStandIn } from './entra/server.ts'
import { postgresStore } from './postgres-store.ts'
import type { World } from './program.ts'
import { contoso } from './slack/seed.ts'
import { startSlack } from './slack/server.ts'
import type { SlackStandIn } from './slack/server.ts'

export type StandIns = {
  readonly slack: SlackStandIn
  readonly entra: EntraStandIn
  /** How the program reaches them, with secrets that are made anew for each start. */
  readonly world: Pick<World, 'slack' | 'entra'>
  readonly stop: () => Promise<void>
}

const tenantId = '6f1a3f0e-5a0b-4d0c-9d53-2b7a4c1e8f10'
const clientId = '0b9c7c52-3f0d-4c5e-8a57-91d2f6f3a1c4'
/** Graph's real limit, five, would make a demonstration wait. */
const requestsPer10s = 50

/** Starts the stand-ins for Slack and for Entra, which keep their state in the database of this address. */
export async function startStandIns(
  databaseUrl: string,
  botUrl: () => string,
  changed: () => void,
): Promise<StandIns> {
  // One after the other: `create table if not exists` fails when two do it at once.
  const stores = [
    await postgresStore(databaseUrl, 'slack'),
    await postgresStore(databaseUrl, 'entra'),
  ] as const
  const botToken = `xoxb-sandbox-${randomBytes(16).toString('hex')}`
  const signingSecret = randomBytes(16).toString('hex')
  const clientSecret = randomBytes(16).toString('hex')
  const client = { tenantId, clientId, clientSecret }
  const [slack, entra] = await Promise.all([
    startSlack({ seed: contoso, botUrl, signingSecret, botToken, store: stores[0] }),
    startEntra({ ...client, store: stores[1], authenticationRequestsPer10s: requestsPer10s }),
  ])
  slack.changes(changed)
  entra.changes(changed)
  return {
    slack,
    entra,
    world: {
      slack: { apiUrl: slack.apiUrl, botToken, signingSecret },
      entra: { ...client, authorityUrl: entra.authorityUrl, graphUrl: entra.graphUrl, requestsPer10s },
    },
    async stop() {
      await Promise.all([slack.close(), entra.close()])
      await Promise.all(stores.map((store) => store.close()))
    },
  }
}
