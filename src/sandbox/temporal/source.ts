import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { download } from './download.ts'
import { goInstall } from './go-install.ts'

/** The newest version that `go install` can build; both ways of getting one take the same. */
const temporalVersion = '1.5.1'

/** Where Temporal comes from: a server that runs already, or a program that can start one. */
export type TemporalSource =
  | { readonly kind: 'running'; readonly address: string; readonly why: string }
  | { readonly kind: 'program'; readonly path: string; readonly why: string }

export type Resolve = {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Hears once what is tried next and why. */
  readonly says: (sentence: string) => void
  /** Hears every second how far the work is, because the last way takes minutes. */
  readonly ticks: (sentence: string) => void
  readonly signal: AbortSignal
  /** Where the official archives are. */
  readonly archives?: string
}

const officialArchives = 'https://temporal.download/cli/archive'
const programName = process.platform === 'win32' ? 'temporal.exe' : 'temporal'

/**
 * Finds a Temporal server, or gets the program that starts one, from the first place that has it: a running
 * server, a named program, the PATH, the user's cache folder, the official download, a build with Go.
 * Rejects when something that was named explicitly does not work, or with what was tried and what to do.
 */
export async function resolveTemporal(options: Resolve): Promise<TemporalSource> {
  const { env, says } = options
  const address = env['HALLPASS_SANDBOX_TEMPORAL_ADDRESS']
  if (address) return { kind: 'running', address, why: `HALLPASS_SANDBOX_TEMPORAL_ADDRESS names ${address}` }
  const named = env['TEMPORAL_CLI_PATH']
  if (named) return await namedProgram(named)
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const path = join(folder, programName)
    if (isExecutable(path) && (await answers(path)))
      return { kind: 'program', path, why: `it is on the PATH: ${path}` }
  }
  const cached = join(temporalCache(env), programName)
  if (isExecutable(cached) && (await answers(cached))) {
    return { kind: 'program', path: cached, why: `it is in the cache folder: ${cached}` }
  }
  const why = await make(cached, options)
  if (!(await answers(cached)))
    throw new Error(`${cached} was made and does not work: remove it and try again.`)
  says(`Temporal ${temporalVersion} is now in ${cached}.`)
  return { kind: 'program', path: cached, why }
}

/** The folder that keeps the program between runs, for this version of it. */
export function temporalCache(env: Resolve['env']): string {
  const base = env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), ...cacheParts())
  return join(base, 'hallpass', `temporal-cli-${temporalVersion}`)
}

async function make(target: string, options: Resolve): Promise<string> {
  const { env, says, ticks, signal } = options
  const from = `${options.archives ?? officialArchives}/v${temporalVersion}`
  says(`Looking for Temporal at ${new URL(from).host}.`)
  const order = { target, ticks, signal }
  const downloaded = await download({ ...order, from }).then(() => undefined, sentenceOf)
  if (downloaded === undefined) return `it was downloaded from ${from}`
  signal.throwIfAborted()
  says(`No download of Temporal (${downloaded}). Building it with Go instead.`)
  const cli = { source: `github.com/temporalio/cli/cmd/temporal@v${temporalVersion}`, program: 'temporal' }
  const how = { name: 'Temporal', usually: 'three to five minutes', env }
  const built = await goInstall({ ...order, ...cli, ...how }).then(() => undefined, sentenceOf)
  if (built === undefined) return `it was built with Go, because there was no download (${downloaded})`
  signal.throwIfAborted()
  throw new Error(
    `There is no Temporal server here. Download: ${downloaded}. Go: ${built}. ` +
      'Install the Temporal CLI (https://docs.temporal.io/cli) or Go (https://go.dev), or name a running server ' +
      'in HALLPASS_SANDBOX_TEMPORAL_ADDRESS.',
  )
}

async function namedProgram(path: string): Promise<TemporalSource> {
  if (await answers(path)) return { kind: 'program', path, why: `TEMPORAL_CLI_PATH names ${path}` }
  throw new Error(`TEMPORAL_CLI_PATH names ${path}, which is not a Temporal CLI that runs here.`)
}

// A file of that name may be anything, an unfinished copy or a program for another machine.
async function answers(path: string): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 10_000, env: {} })
    return stdout.startsWith('temporal version ')
  } catch {
    return false
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function cacheParts(): readonly string[] {
  if (process.platform === 'darwin') return ['Library', 'Caches']
  return process.platform === 'win32' ? ['AppData', 'Local'] : ['.cache']
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
