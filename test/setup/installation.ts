import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client, Connection } from '@temporalio/client'
import { inject } from 'vitest'
import type { Program } from '../../src/settings/config.schema.ts'
import { newSecretKey } from '../../src/adapters/local/secret-key.ts'
import { newKeys } from '../../src/adapters/signing/keys.ts'
import { startChild, type Child } from '../../src/sandbox/child.ts'
import { startEntra, type EntraStandIn } from '../../src/sandbox/entra/server.ts'
import { programEnvironment } from '../../src/sandbox/program.ts'
import { contoso, type WorkspaceSeed } from '../../src/sandbox/slack/seed.ts'
import { startSlack, type SlackStandIn } from '../../src/sandbox/slack/server.ts'
import { memoryStore, type StateStore } from '../../src/sandbox/state-store.ts'
import { createDatabase, type TestDatabase } from './postgres.ts'
import { temporalServer } from './temporal.ts'

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const sandboxPolicy = fileURLToPath(new URL('../../src/sandbox/policy.yaml', import.meta.url))

export type Installation = {
  readonly slack: SlackStandIn
  readonly entra: EntraStandIn
  readonly database: TestDatabase
  readonly temporal: Client
  readonly namespace: string
  readonly keys: ReturnType<typeof newKeys>
  /** The environment that `hallpass serve` gets; a test may change a copy of it. */
  readonly environment: Readonly<Record<string, string>>
  /** Starts `hallpass serve` as a process of its own, with the built program, and waits until it answers. */
  readonly serve: (changes?: Readonly<Record<string, string>>, program?: Program) => Promise<Served>
  /** Starts `hallpass verify` likewise, for the clients with these secrets, and answers its address. */
  readonly verify: (clients: Readonly<Record<string, string>>) => Promise<string>
  /** Starts `hallpass codec` likewise, and answers its address. */
  readonly codec: (changes: Readonly<Record<string, string>>) => Promise<string>
  readonly close: () => Promise<void>
}

/** A program, and where operators look at it. */
type Served = Child & { readonly logFile: string; readonly statusUrl: string }

export type Transport = 'http' | 'socket'

export type InstallationOptions = {
  readonly policyFile?: string
  /** Codes that the directory gives out, one after the other, so that a test can search for them. */
  readonly codes?: readonly string[]
  readonly slackStore?: StateStore
  readonly entraStore?: StateStore
  readonly requestsPer10s?: number
  /** How Slack's requests come; over HTTP unless told otherwise. */
  readonly transport?: Transport
  /** The certificate of the application in Entra, PEM. */
  readonly clientCertificate?: string
  /** Another workspace than the sandbox's. */
  readonly seed?: WorkspaceSeed
}

/** A whole installation of its own for one test file: stand-ins, database, namespace, keys; programs on demand. */
export async function startInstallation(options: InstallationOptions = {}): Promise<Installation> {
  const requestsPer10s = options.requestsPer10s ?? 1000
  const botPort = await freePort()
  const secrets = { signingSecret: secret(), botToken: `xoxb-${secret()}`, clientSecret: secret() }
  const transport = transportOf(options)
  const ids = {
    tenantId: '6f1a3f0e-5a0b-4d0c-9d53-2b7a4c1e8f10',
    clientId: '0b9c7c52-3f0d-4c5e-8a57-91d2f6f3a1c4',
  }
  const codes = [...(options.codes ?? [])]
  const [slack, entra, database, { temporal, namespace, address }] = await Promise.all([
    startSlack({
      seed: options.seed ?? contoso,
      botUrl: () => `http://127.0.0.1:${botPort}/slack/events`,
      signingSecret: secrets.signingSecret,
      botToken: secrets.botToken,
      ...transport.slack,
      store: options.slackStore ?? memoryStore(),
    }),
    startEntra({
      ...ids,
      clientSecret: secrets.clientSecret,
      ...(options.clientCertificate !== undefined && { clientCertificate: options.clientCertificate }),
      store: options.entraStore ?? memoryStore(),
      authenticationRequestsPer10s: requestsPer10s,
      ...(options.codes !== undefined && { randomCode: () => codes.shift() ?? `Z${secret().slice(0, 7)}` }),
    }),
    createDatabase(),
    ownNamespace(),
  ])
  const keys = newKeys()
  const folder = mkdtempSync(join(inject('folder'), 'installation-'))
  const overHttp = programEnvironment({
    home: folder,
    policyFile: options.policyFile ?? sandboxPolicy,
    port: botPort,
    statusPort: botPort,
    databaseUrl: database.programUrl,
    temporal: { address, namespace },
    slack: { apiUrl: slack.apiUrl, botToken: secrets.botToken, signingSecret: secrets.signingSecret },
    entra: {
      ...ids,
      authorityUrl: entra.authorityUrl,
      graphUrl: entra.graphUrl,
      clientSecret: secrets.clientSecret,
      requestsPer10s,
    },
    keys: {
      HALLPASS_SIGNING_KEY: keys.signingKey,
      HALLPASS_VERIFY_KEYS: keys.verifyKey,
      HALLPASS_CODE_KEY: newSecretKey(),
      HALLPASS_SIGNAL_KEY: newSecretKey(),
    },
  })
  const environment: Installation['environment'] = { ...overHttp, ...transport.environment }
  const children: Child[] = []
  const runAt = async (
    port: number,
    name: string,
    changes: Readonly<Record<string, string>>,
    flags: readonly string[] = [],
  ): Promise<void> => {
    const logFile = join(folder, `${name}.log`)
    const args = [cli, name, '--installation', 'sandbox', ...flags]
    const env = { ...environment, ...changes }
    const child = await startChild({
      name,
      command: process.execPath,
      args,
      env,
      logFile,
      stopSignal: 'SIGTERM',
    })
    children.push(child)
    await answers(`http://127.0.0.1:${port}/healthz`, child, logFile)
  }
  return {
    slack,
    entra,
    database,
    temporal,
    namespace,
    keys,
    environment,
    async serve(changes = {}, program = 'serve') {
      const logFile = join(folder, `${program}-${children.length}.log`)
      const statusPort = { HALLPASS_STATUS_PORT: String(await freePort()) }
      const env: Readonly<Record<string, string>> = { ...environment, ...statusPort, ...changes }
      const args = [cli, program, '--installation', 'sandbox', '--allow-stand-ins']
      const child = await startChild({
        name: program,
        command: process.execPath,
        args,
        env,
        logFile,
        stopSignal: 'SIGTERM',
      })
      children.push(child)
      const statusUrl = `http://127.0.0.1:${env['HALLPASS_STATUS_PORT']}`
      await answers(`${statusUrl}/healthz`, child, logFile)
      return { ...child, logFile, statusUrl }
    },
    async verify(clients) {
      const port = await freePort()
      const list = Object.entries(clients).map(([name, value]) => `${name}=${value}`)
      await runAt(port, 'verify', {
        HALLPASS_CHECK_SECRETS: list.join(','),
        HALLPASS_VERIFY_PORT: String(port),
      })
      return `http://127.0.0.1:${port}`
    },
    async codec(changes) {
      const port = await freePort()
      await runAt(port, 'codec', { HALLPASS_CODEC_PORT: String(port), ...changes }, ['--allow-stand-ins'])
      return `http://127.0.0.1:${port}`
    },
    async close() {
      await Promise.all(children.map((child) => child.stop()))
      await Promise.all([slack.close(), entra.close(), temporal.connection.close()])
      await database.drop()
    },
  }
}

/** What Slack and the program have to know for Socket Mode; nothing over HTTP. */
function transportOf({ transport }: InstallationOptions) {
  if (transport !== 'socket') return { slack: {}, environment: {} }
  const appToken = `xapp-${secret()}`
  return { slack: { appToken }, environment: { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: '' } }
}

async function answers(url: string, child: Child, logFile: string): Promise<void> {
  const until = Date.now() + 40_000
  while (Date.now() < until && child.running()) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`The program did not start; its log: ${logFile}`)
}

/** Workflow ids name people, so that two test files need two namespaces. */
export async function ownNamespace(): Promise<{ temporal: Client; namespace: string; address: string }> {
  const { address } = temporalServer()
  const namespace = `test-${secret().slice(0, 10)}`
  const connection = await Connection.connect({ address })
  const day = 24 * 60 * 60
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: (90 * day) as never },
  })
  await eventually(() =>
    // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- its enum is in a package that the client does not pass on
    connection.operatorService.addSearchAttributes({ namespace, searchAttributes: { HallpassId: 2 } }),
  )
  return { temporal: new Client({ connection, namespace }), namespace, address }
}

/** Repeats what fails until it succeeds; rejects with its last failure after `patience` milliseconds. */
export async function eventually<Value>(
  work: () => Promise<Value> | Value,
  patience = 60_000,
): Promise<Value> {
  const until = Date.now() + patience
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (Date.now() > until) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

function secret(): string {
  return randomBytes(16).toString('hex')
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
