import { Client } from 'pg'
import { startEntra, type EntraOptions } from '../../src/sandbox/entra/server.ts'
import { contoso, type WorkspaceSeed } from '../../src/sandbox/slack/seed.ts'
import { startSlack } from '../../src/sandbox/slack/server.ts'
import { memoryStore } from '../../src/sandbox/state-store.ts'
import type { Installation } from '../setup/installation.ts'

type Changes = Readonly<Record<string, string>>
type Work<Value> = (changes: Changes) => Promise<Value>

/** Another Slack than the installation's, with the same token, for as long as the work takes. */
export async function withSlack<Value>(
  { environment }: Installation,
  changes: {
    readonly seed?: Partial<WorkspaceSeed>
    readonly now?: () => number
    readonly appToken?: string
  },
  work: Work<Value>,
): Promise<Value> {
  const { seed, ...others } = changes
  const slack = await startSlack({
    seed: { ...contoso, ...seed },
    botUrl: () => 'http://127.0.0.1:1/',
    signingSecret: environment['SLACK_SIGNING_SECRET'] ?? '',
    botToken: environment['SLACK_BOT_TOKEN'] ?? '',
    store: memoryStore(),
    ...others,
  })
  try {
    return await work({ SLACK_API_URL: slack.apiUrl })
  } finally {
    await slack.close()
  }
}

/** Another tenant than the installation's, with the same application. */
export async function withEntra<Value>(
  { environment }: Installation,
  changes: Partial<EntraOptions>,
  work: Work<Value>,
): Promise<Value> {
  const entra = await startEntra({
    tenantId: environment['ENTRA_TENANT_ID'] ?? '',
    clientId: environment['ENTRA_CLIENT_ID'] ?? '',
    clientSecret: environment['ENTRA_CLIENT_SECRET'] ?? '',
    store: memoryStore(),
    authenticationRequestsPer10s: 1000,
    ...changes,
  })
  try {
    return await work({ ENTRA_AUTHORITY_URL: entra.authorityUrl, GRAPH_BASE_URL: entra.graphUrl })
  } finally {
    await entra.close()
  }
}

/** A right that nobody should have, for as long as the work takes. */
export async function withRight<Value>(
  { database }: Installation,
  right: string,
  work: () => Promise<Value>,
): Promise<Value> {
  const owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  try {
    await owner.query(`grant ${right} to hallpass_app`)
    return await work()
  } finally {
    await owner.query(`revoke ${right} from hallpass_app`)
    await owner.end()
  }
}

/** A namespace that keeps histories for a day, without a search attribute. */
export async function poorNamespace({ temporal }: Installation): Promise<string> {
  const namespace = `poor-${Math.random().toString(36).slice(2, 10)}`
  await temporal.connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  })
  return namespace
}
