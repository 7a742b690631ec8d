import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Pool } from 'pg'
import { inject } from 'vitest'
import { newSecretKey } from '../../src/adapters/local/secret-key.ts'
import { readSignalKey } from '../../src/adapters/local/signal-keys.ts'
import { readCodeKey } from '../../src/adapters/local/code-keys.ts'
import { createLocalIssuer, type LocalIssuer, type LocalOrder } from '../../src/adapters/local/issuer.ts'
import { createDenials } from '../../src/adapters/local/denials.ts'
import { createFraudSignals } from '../../src/adapters/local/signals.ts'
import { createPool } from '../../src/adapters/postgres/pool.ts'
import type { Denials } from '../../src/core/ports.ts'
import type { FraudSignals } from '../../src/core/fraud/ports.ts'
import { startChild, type Child } from '../../src/sandbox/child.ts'
import { eventually, freePort } from '../setup/installation.ts'
import { createDatabase, type TestDatabase } from '../setup/postgres.ts'

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const sandboxPolicy = fileURLToPath(new URL('../../src/sandbox/policy.yaml', import.meta.url))

export const gateway = { name: 'vpn-gateway', secret: 'the-secret-of-the-vpn-gateway' } as const
export const intranet = { name: 'portal', secret: 'the-secret-of-the-portal-0001' } as const

const access = `
applications:
  vpn: { name: VPN, userName: localpart, domain: contoso.example }
  intranet: { name: Intranet, form: let-in, userName: mail }
checks:
  vpn-gateway: { application: vpn, from: [127.0.0.0/8] }
  portal: { application: intranet, from: [127.0.0.1] }
`

/** A database and the real `hallpass verify` over it, with what issues into it. */
export type Verifying = {
  readonly url: string
  readonly database: TestDatabase
  readonly pool: Pool
  readonly issuer: LocalIssuer
  readonly denials: Denials
  readonly signals: FraudSignals
  readonly logFile: string
  /** Issues for Dana to the VPN unless told otherwise; answers the code and its id. */
  readonly issue: (order?: Partial<LocalOrder>) => Promise<{ readonly code: string; readonly id: string }>
  readonly restart: () => Promise<void>
  readonly close: () => Promise<void>
}

/** `policy` is what the policy says besides. */
export async function startVerifying(policy = ''): Promise<Verifying> {
  const folder = mkdtempSync(join(inject('folder'), 'verify-'))
  const policyFile = join(folder, 'policy.yaml')
  const written = readFileSync(sandboxPolicy, 'utf8').replace(
    /^(?:applications|checks|fraud):\n(?:  .*\n)*/gm,
    '',
  )
  writeFileSync(policyFile, written.replace('defaults:', `${access}${policy}\ndefaults:`))
  const database = await createDatabase()
  const pool = createPool(database.programUrl)
  const [key, signalKey] = [newSecretKey(), newSecretKey()]
  const keys = readCodeKey(key)
  const issuer = createLocalIssuer(pool, keys)
  const port = await freePort()
  const logFile = join(folder, 'verify.log')
  const env = {
    HOME: folder,
    DATABASE_URL: database.checkUrl,
    HALLPASS_CONFIG: policyFile,
    HALLPASS_CODE_KEY: key,
    HALLPASS_SIGNAL_KEY: signalKey,
    HALLPASS_CHECK_SECRETS: `${gateway.name}=${gateway.secret},${intranet.name}=${intranet.secret}`,
    HALLPASS_VERIFY_PORT: String(port),
    LOG_LEVEL: 'debug',
  }
  const url = `http://127.0.0.1:${port}`
  let child = await start(env, logFile, url)
  return {
    url,
    database,
    pool,
    issuer,
    denials: createDenials(pool, keys),
    signals: createFraudSignals(pool, readSignalKey(signalKey)),
    logFile,
    async issue(order = {}) {
      const { lease, code } = await issuer.issue({ ...forDana(), ...order })
      return { code: code?.reveal((value) => value) ?? '', id: lease.credentialId }
    },
    async restart() {
      await child.stop()
      child = await start(env, logFile, url)
    },
    async close() {
      await child.stop()
      await pool.end()
      await database.drop()
    },
  }
}

function forDana(): LocalOrder {
  const userName = `dana-${randomUUID().slice(0, 8)}`
  return {
    exceptionId: randomUUID(),
    subject: 'entra:dana',
    application: 'vpn',
    userName,
    form: 'code',
    lifetime: 300,
  }
}

async function start(env: Readonly<Record<string, string>>, logFile: string, url: string): Promise<Child> {
  const args = [cli, 'verify', '--installation', 'sandbox']
  const child = await startChild({
    name: 'verify',
    command: process.execPath,
    args,
    env,
    logFile,
    stopSignal: 'SIGTERM',
  })
  await eventually(async () => {
    if (!child.running()) throw new Error(readFileSync(logFile, 'utf8'))
    return fetch(`${url}/healthz`)
  })
  return child
}
