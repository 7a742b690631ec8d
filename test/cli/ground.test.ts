import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/settings/config.schema.ts'
import { findGround } from '../../src/ground.ts'
import { contoso, type WorkspaceSeed } from '../../src/sandbox/slack/seed.ts'
import { createTelemetry } from '../../src/telemetry/telemetry.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { startInstallation, type Installation } from '../setup/installation.ts'
import { createDatabase, type TestDatabase } from '../setup/postgres.ts'

let installation: Installation
let empty: TestDatabase
let silent: Server
let folder: string

beforeAll(async () => {
  folder = temporaryFolder()
  silent = createServer()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const started = await Promise.all([startInstallation({ seed }), createDatabase('nothing')])
  installation = started[0]
  empty = started[1]
})
afterAll(async () => {
  silent.close()
  await installation.close()
  await empty.drop()
})

const seed: WorkspaceSeed = {
  ...contoso,
  channels: [
    ...contoso.channels,
    { id: 'C0PARTNERS', name: 'partners', members: [contoso.bot.id], shared: 'ext' },
    { id: 'C0INVITED', name: 'invited', members: [contoso.bot.id], shared: 'pending' },
  ],
}
/** The sandbox's policy with another channel in the place of one of its own. */
const policyWith = (own: string, other: string): Changes => {
  const policy = readFileSync(new URL('../../src/sandbox/policy.yaml', import.meta.url), 'utf8')
  const file = join(folder, `${other}.yaml`)
  writeFileSync(file, policy.replaceAll(own, other))
  return { HALLPASS_CONFIG: file }
}
const inDatabase = (url: string | undefined, change: (url: URL) => void): string => {
  const changed = new URL(url ?? '')
  change(changed)
  return changed.href
}
const portOf = (server: Server): string => {
  const address = server.address()
  return typeof address === 'object' && address !== null ? String(address.port) : '0'
}

type Changes = Readonly<Record<string, string>>
type Row = readonly [title: string, changes: () => Changes, says: RegExp, world?: 'production' | 'sandbox']

const rows: readonly Row[] = [
  [
    'a database of the other world',
    () => ({}),
    /^This database belongs to a sandbox installation and this program runs as production: use another database\.$/,
    'production',
  ],
  [
    'a database that is not set up',
    () => ({ DATABASE_URL: empty.programUrl }),
    /^This database is not set up: run `hallpass migrate` first\.$/,
  ],
  [
    'a role that may change facts',
    () => ({ DATABASE_URL: installation.database.ownerUrl }),
    /^DATABASE_URL connects as a role that may change facts/,
  ],
  [
    'no PostgreSQL there',
    () => ({
      DATABASE_URL: inDatabase(installation.environment['DATABASE_URL'], (url) => (url.port = '1')),
    }),
    /^PostgreSQL can't be used: check DATABASE_URL \(unavailable: ECONNREFUSED\)$/,
  ],
  [
    'a database that does not exist',
    () => ({
      DATABASE_URL: inDatabase(installation.environment['DATABASE_URL'], (url) => (url.pathname = '/no')),
    }),
    /^PostgreSQL can't be used: check DATABASE_URL \(missing: 3D000\)$/,
  ],
  [
    'a PostgreSQL that says nothing',
    () => ({
      DATABASE_URL: inDatabase(installation.environment['DATABASE_URL'], (url) => {
        url.port = portOf(silent)
      }),
    }),
    /^PostgreSQL can't be used: check DATABASE_URL \(unavailable: /,
  ],
  [
    'no policy file',
    () => ({ HALLPASS_CONFIG: '/nowhere/policy.yaml' }),
    /^HALLPASS_CONFIG: \/nowhere\/policy\.yaml can't be read \(ENOENT\)$/,
  ],
  [
    'a token that Slack does not know',
    () => ({ SLACK_BOT_TOKEN: 'xoxb-wrong' }),
    /^Slack can't be used: check SLACK_BOT_TOKEN and SLACK_API_URL \(refused: invalid_auth\)$/,
  ],
  [
    'no Slack there',
    () => ({ SLACK_API_URL: 'http://127.0.0.1:1/api/' }),
    /^Slack can't be used: check SLACK_BOT_TOKEN and SLACK_API_URL \(unavailable: network\)$/,
  ],
  [
    'approvals in a channel that another company shares',
    () => policyWith('C0APPROVALS', 'C0PARTNERS'),
    /^channels\.approvals of the policy, C0PARTNERS, is shared with another company, or one is invited to it: /,
  ],
  [
    'a channel of security that another company is invited to',
    () => policyWith('C0SECURITY', 'C0INVITED'),
    /^channels\.security of the policy, C0INVITED, is shared with another company, or one is invited to it: /,
  ],
  [
    'a channel that Slack does not know',
    () => policyWith('C0APPROVALS', 'C0NOWHERE'),
    /^Slack does not say who reads channels\.approvals of the policy, C0NOWHERE: check .* \(refused: channel_not_found\)$/,
  ],
]

const secrets = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'ENTRA_CLIENT_SECRET', 'DATABASE_URL']

// Each says only this: no secret.
describe('a program does not start, and says what to mend, with', () => {
  it.for(rows)('%s', async ([, changes, says, world = 'sandbox']) => {
    const env = { ...installation.environment, ...changes() }
    const found = findGround(readConfig(env, true, 'serve'), world, await createTelemetry({}))
    const said = await found.then(
      () => 'It starts.',
      ({ message }: Error) => message,
    )
    expect(said).toMatch(says)
    for (const secret of secrets) expect(said).not.toContain(env[secret])
  })
})
