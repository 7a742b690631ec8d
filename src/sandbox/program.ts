import { execFile } from 'node:child_process'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'

type Environment = Readonly<Record<string, string>>

/** Everything the program learns about the world it runs in. */
export type World = {
  readonly home: string
  readonly policyFile: string
  readonly port: number
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
    ...world.keys,
  }
}

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
 * The keys of this sandbox: made by `hallpass keys new` once and kept in the file, which only its owner can read.
 * The key that encrypts payloads is left out: in the sandbox people read the histories.
 */
export async function sandboxKeys(file: string, make: () => Promise<string>): Promise<Environment> {
  if (!existsSync(file)) {
    const half = `${file}.new`
    writeFileSync(half, await make(), { mode: 0o600 })
    renameSync(half, file)
  }
  const lines = readFileSync(file, 'utf8').matchAll(/^(HALLPASS_[A-Z_]+)=(.+)$/gm)
  const keys = Array.from(lines, ([, name = '', value = '']): [string, string] => [name, value.trim()])
  return Object.fromEntries(keys.filter(([name]) => name !== 'HALLPASS_ENCRYPTION_KEY'))
}
