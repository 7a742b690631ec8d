import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { inject } from 'vitest'
import { freePort } from '../../src/sandbox/free-port.ts'
import { startPostgres } from '../../src/sandbox/postgres.ts'
import { recordingLaunch } from '../../src/sandbox/process-record.ts'
import { project, readCompose, readEnv } from '../deploy/compose.ts'
import { selfSigned } from '../adapters/entra/self-signed.ts'
import { layOut } from '../deploy/image.ts'
import { recordsOf } from '../setup/leftovers.ts'
import { createCluster, type Cluster } from './cluster.ts'
import type { ProductionServer } from './production-server.ts'
import { startStandIn, type StandIn } from './stand-ins.ts'

/** The whole topology, set up as docs/install/compose.md says, and nothing of it started but what is not ours. */
export type Installed = {
  readonly cluster: Cluster
  readonly slack: StandIn
  readonly entra: StandIn
  /** The superuser's, of the database `hallpass`. */
  readonly databaseUrl: string
  /** What PostgreSQL's first start runs. */
  readonly makeRoles: () => Promise<void>
  /** Slack changes to Socket Mode: the files of its secrets are others. */
  readonly changeToSocketMode: () => Promise<void>
  readonly close: () => Promise<void>
}

const tenant = '6f1a3f0e-5a0b-4d0c-9d53-2b7a4c1e8f10'
const client = '0b9c7c52-3f0d-4c5e-8a57-91d2f6f3a1c4'
const random = (): string => randomBytes(16).toString('hex')

/** Sets it up in this folder. */
export async function install(folder: string, server: ProductionServer): Promise<Installed> {
  const { certificate, key } = selfSigned()
  const secrets = {
    slack_bot_token: `xoxb-${random()}`,
    slack_signing_secret: random(),
    entra_client_secret: random(),
    hallpass_codec_tls_cert: certificate,
    hallpass_codec_tls_key: key,
  }
  const ports = { slack: await freePort(), entra: await freePort() }
  const image = copyFiles(folder)
  fillIn(folder, ports, secrets)
  const compose = readCompose(folder, readEnv(join(folder, '.env')))

  const launch = recordingLaunch(recordsOf(inject('folder')))
  const logFile = join(folder, 'postgres.log')
  const postgres = await startPostgres({ folder, launch, logFile, durable: true })
  const postgresPort = Number(new URL(postgres.superuserUrl).port)
  const cluster = await createCluster({ compose, folder, image, server, postgresPort, launch })
  const workspace = {
    BOTS: [0, 1].map((index) => cluster.place.address('bot', 3000, index)).join(','),
    SIGNING_SECRET: secrets.slack_signing_secret,
    BOT_TOKEN: secrets.slack_bot_token,
  }
  const directory = { TENANT: tenant, CLIENT: client, CLIENT_SECRET: secrets.entra_client_secret }
  const [slack, entra] = await Promise.all([
    startStandIn('slack', { folder, port: ports.slack, launch }, workspace),
    startStandIn('entra', { folder, port: ports.entra, launch }, directory),
  ])
  return {
    cluster,
    slack,
    entra,
    databaseUrl: postgres.url('hallpass'),
    makeRoles: () => runStatements(postgres.superuserUrl, rolesIn(cluster, folder)),
    async changeToSocketMode() {
      const appToken = `xapp-${random()}`
      await slack.restart({ ...workspace, APP_TOKEN: appToken })
      write(folder, { slack_app_token: appToken, slack_signing_secret: '' })
    },
    async close() {
      await cluster.close()
      await Promise.all([slack.stop(), entra.stop(), postgres.stop()])
    },
  }
}

/** The files that somebody copies who installs it, and the image. */
function copyFiles(folder: string) {
  for (const name of ['docker-compose.yml', 'deploy'])
    cpSync(join(project, name), join(folder, name), { recursive: true })
  cpSync(join(project, 'src/sandbox/policy.yaml'), join(folder, 'policy.yaml'))
  cpSync(join(project, '.env.example'), join(folder, '.env'))
  return layOut(join(folder, 'image'))
}

/** What somebody who installs it fills in: `.env`, and the secrets that come from elsewhere. */
function fillIn(
  folder: string,
  ports: Readonly<Record<'slack' | 'entra', number>>,
  secrets: Readonly<Record<string, string>>,
): void {
  const values: Readonly<Record<string, string>> = {
    ENTRA_TENANT_ID: tenant,
    ENTRA_CLIENT_ID: client,
    ENTRA_REQUESTS_PER_10_SECONDS: '1000',
    HALLPASS_CODEC_AUDIENCE: client,
    HALLPASS_CODEC_ORIGIN: 'https://temporal.contoso.example',
    SLACK_API_URL: `http://127.0.0.1:${ports.slack}/api/`,
    ENTRA_AUTHORITY_URL: `http://127.0.0.1:${ports.entra}/login`,
    GRAPH_BASE_URL: `http://127.0.0.1:${ports.entra}/v1.0`,
  }
  const file = join(folder, '.env')
  const lines = readFileSync(file, 'utf8').replaceAll(
    /^([A-Z\d_]+)=(.*)$/gm,
    (_line, name: string, was: string) => {
      return `${name}=${values[name] ?? was}`
    },
  )
  writeFileSync(file, lines)
  const cli = join(folder, 'image/app/dist/cli.js')
  execFileSync('sh', ['deploy/compose/secrets.sh'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HALLPASS: `${process.execPath} ${cli}` },
  })
  write(folder, secrets)
}

function write(folder: string, secrets: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(secrets))
    writeFileSync(join(folder, 'secrets', name), value === '' ? '' : `${value}\n`)
}

function rolesIn({ place }: Cluster, folder: string): string {
  place.furnish('postgres', 0)
  return place.here(readFileSync(join(folder, 'deploy/postgres/roles.sql'), 'utf8'), 'postgres')
}

/** One after the other, as `psql` sends them: a database can't be made among others. */
async function runStatements(url: string, text: string): Promise<void> {
  const connection = new Client({ connectionString: url })
  await connection.connect()
  try {
    for (const statement of text.split(/^(?=create database|revoke|grant)/m))
      await connection.query(statement)
  } finally {
    await connection.end()
  }
}
