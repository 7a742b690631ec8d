import { execFile } from 'node:child_process'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'

type Environment = Readonly<Record<string, string>>

/** Everything the program learns about the world it runs in. */
export type World = {
  readonly home: string
  readonly policyFile: string
  readonly port: number
  readonly statusPort: number
  readonly databaseUrl: string
  readonly temporal: { readonly address: string; readonly namespace: string }
  readonly slack: { readonly apiUrl: string; readonly botToken: string; readonly signingSecret: string }
  readonly entra: {
    readonly authorityUrl: string
    readonly graphUrl: string
    readonly tenantId: string
    readonly clientId: string
    readonly clientSecret: string
    readonly requestsPer10s: number
  }
  readonly keys: Environment
  /** The page that plays the sign-in page's part; without one, cards lead to the real one. */
  readonly signInUrl?: string
}

/**
 * The environment of `hallpass serve`, built from nothing: no setting of a real installation can slip in,
 * neither from our own environment nor from files in the user's home.
 */
export function programEnvironment({ slack, entra, temporal, ...world }: World): Environment {
  return {
    // Temporal's and PostgreSQL's clients look for profiles and passwords in the home folder.
    HOME: world.home,
    NODE_ENV: 'production',
    PORT: String(world.port),
    HALLPASS_STATUS_PORT: String(world.statusPort),
    HALLPASS_CONFIG: world.policyFile,
    DATABASE_URL: world.databaseUrl,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    ENTRA_AUTHORITY_URL: entra.authorityUrl,
    GRAPH_BASE_URL: entra.graphUrl,
    ENTRA_TENANT_ID: entra.tenantId,
    ENTRA_CLIENT_ID: entra.clientId,
    ENTRA_CLIENT_SECRET: entra.clientSecret,
    ENTRA_REQUESTS_PER_10_SECONDS: String(entra.requestsPer10s),
    ...(world.signInUrl !== undefined && {
      HALLPASS_SIGN_IN_URL: world.signInUrl,
      HALLPASS_SECURITY_INFO_URL: world.signInUrl,
    }),
    // People read the histories here, and the page of Temporal's that shows them knows nobody to be signed in.
    HALLPASS_ENCRYPTION_KEY: 'off',
    ...world.keys,
  }
}

/** What `hallpass verify` learns about the world: no Slack, no Entra, no Temporal, and of the keys only the codes'. */
export type CheckWorld = Pick<World, 'home' | 'policyFile' | 'port' | 'databaseUrl' | 'keys'> & {
  /** Who may ask it. */
  readonly check: { readonly name: string; readonly secret: string }
}

/** The environment of `hallpass verify`, built from nothing as well. */
export function checkEnvironment({ check, keys, ...world }: CheckWorld): Environment {
  return {
    HOME: world.home,
    NODE_ENV: 'production',
    HALLPASS_CONFIG: world.policyFile,
    DATABASE_URL: world.databaseUrl,
    HALLPASS_VERIFY_HOST: '127.0.0.1',
    HALLPASS_VERIFY_PORT: String(world.port),
    HALLPASS_CHECK_SECRETS: `${check.name}=${check.secret}`,
    ...Object.fromEntries(ofTheCheck.map((name) => [name, keys[name] ?? ''])),
  }
}

/** The keys of the check, which folders of earlier versions lack. */
const ofTheCheck = ['HALLPASS_CODE_KEY', 'HALLPASS_SIGNAL_KEY']

export type Once = {
  readonly cliPath: string
  readonly args: readonly string[]
  readonly env: Environment
  readonly signal: AbortSignal
}

/** Runs one command of the program to its end and returns what it printed; rejects with what it complained of. */
export async function runOnce({ cliPath, args, env, signal }: Once): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [cliPath, ...args], { env, signal })
    return stdout
  } catch (cause) {
    signal.throwIfAborted()
    const complaint = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : ''
    throw new Error(`hallpass ${args.join(' ')} failed. ${complaint}`.trim(), { cause })
  }
}

/**
 * The keys of this sandbox: made by `hallpass keys new` once and kept in the file, which only its owner can read. A file
 * that an earlier version made keeps its keys and gets those that it lacks.
 * The key that encrypts payloads is left out: in the sandbox people read the histories.
 */
export async function sandboxKeys(file: string, make: () => Promise<string>): Promise<Environment> {
  const kept = existsSync(file) ? readKeys(readFileSync(file, 'utf8')) : {}
  const keys = ofTheCheck.every((name) => name in kept) ? kept : { ...readKeys(await make()), ...kept }
  if (keys !== kept) {
    const half = `${file}.new`
    const lines = Object.entries(keys).map(([name, value]) => `${name}=${value}\n`)
    writeFileSync(half, lines.join(''), { mode: 0o600 })
    renameSync(half, file)
  }
  return Object.fromEntries(Object.entries(keys).filter(([name]) => name !== 'HALLPASS_ENCRYPTION_KEY'))
}

function readKeys(text: string): Environment {
  const lines = text.matchAll(/^(HALLPASS_[A-Z_]+)=(.+)$/gm)
  return Object.fromEntries(Array.from(lines, ([, name = '', value = '']) => [name, value.trim()]))
}
