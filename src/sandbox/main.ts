import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { startPage } from './page-server.ts'
import type { Page } from './page-server.ts'
import { startParts, stepNames } from './parts.ts'
import type { StartedPart } from './parts.ts'
import { postgresDataFolder } from './postgres.ts'
import { recordingLaunch } from './process-record.ts'
import { createProgressBoard } from './progress-board.ts'
import type { ProgressBoard } from './progress-board.ts'
import { readSettings } from './settings.ts'
import type { SandboxSettings } from './settings.ts'
import { openStateFolder, refuseUsed } from './state-folder.ts'

export type SandboxOptions = {
  /** The built program, which the sandbox starts as a process of its own. */
  readonly cliPath: string
  /** Begins anew: forgets the state of earlier starts. */
  readonly fresh: boolean
  /** Of the page; default: HALLPASS_SANDBOX_PORT, or 4747. */
  readonly port?: number
  readonly env: NodeJS.ProcessEnv
}

/** Long enough for an open page to fetch the sentence about the failure. */
const lastWords = 1500

/** Runs the embedded workspace until Ctrl-C or SIGTERM; resolves to the exit code. */
export async function runSandbox(options: SandboxOptions): Promise<number> {
  const code = await runSandboxUntil(stopOnSignals(), options, (sentence) => {
    process.stdout.write(`${sentence}\n`)
  })
  // The channel to the set-up script would keep this process alive.
  if (process.connected) process.disconnect()
  return code
}

/**
 * Runs the embedded workspace until the signal and stops everything it started. Resolves to the exit code:
 * 1, with a sentence, when it could not start.
 */
export async function runSandboxUntil(
  stopping: AbortSignal,
  options: SandboxOptions,
  say: Say,
): Promise<number> {
  try {
    const settings = readSettings(options.env)
    await runWith({ ...settings, port: options.port ?? settings.port }, { ...options, say, stopping })
    return 0
  } catch (error) {
    if (stopping.aborted) return 0
    say(error instanceof Error ? error.message : String(error))
    return 1
  }
}

type Say = (sentence: string) => void

type Run = SandboxOptions & { readonly say: Say; readonly stopping: AbortSignal }

async function runWith(settings: SandboxSettings, run: Run): Promise<void> {
  const { say, stopping } = run
  if (settings.ignored.length > 0)
    say(`Not used here, these are for a real installation: ${settings.ignored.join(', ')}.`)
  refuseUsed(settings.stateFolder)
  const listeners = new Set<() => void>()
  const changed = () => listeners.forEach((listener) => listener())
  const board = createProgressBoard(stepNames, changed)
  const parts: StartedPart[] = []
  const page = await openPage(settings.port, { board, parts, listeners })
  try {
    say(`The workspace is at ${page.url}`)
    await runParts(settings, run, { board, parts, changed, pageUrl: page.url })
  } catch (error) {
    if (!stopping.aborted) await sleep(lastWords)
    throw error
  } finally {
    await page.close()
  }
}

type Bench = {
  readonly board: ProgressBoard
  readonly parts: StartedPart[]
  readonly changed: () => void
  readonly pageUrl: string
}

async function runParts(settings: SandboxSettings, run: Run, bench: Bench): Promise<void> {
  const { say, stopping, fresh, cliPath } = run
  const folder = await openStateFolder(settings.stateFolder, fresh, bench.pageUrl)
  bench.board.inStory(folder.story)
  if (fresh) rmSync(postgresDataFolder(folder.path), { recursive: true, force: true })
  if (folder.ended.length > 0) say(`Ended what an earlier sandbox had left: ${folder.ended.join(', ')}.`)
  say(`State and logs: ${folder.path}`)
  try {
    await startParts({
      cliPath,
      pageUrl: bench.pageUrl,
      folder,
      launch: recordingLaunch(folder.processes),
      temporal: settings.temporal,
      step: bench.board.set,
      says: say,
      changed: bench.changed,
      signal: stopping,
      started: (part) => void bench.parts.push(part),
    })
    if (!stopping.aborted) await once(stopping, 'abort')
  } finally {
    say('Stopping.')
    for (const { stop } of bench.parts.toReversed())
      await stop().catch((error: unknown) => say(String(error)))
    folder.release()
  }
}

function openPage(
  port: number,
  {
    board,
    parts,
    listeners,
  }: { board: ProgressBoard; parts: readonly StartedPart[]; listeners: Set<() => void> },
): Promise<Page> {
  const standIns = () => parts.find((part) => part.standIns)?.standIns
  const started = startPage({
    port,
    progress: board.current,
    slack: () => standIns()?.slack.people,
    entra: () => standIns()?.entra.controls,
    vpn: () => parts.find((part) => part.vpn)?.vpn,
    exceptions: () => parts.find((part) => part.exceptions)?.exceptions?.current() ?? [],
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  })
  return started.catch((cause: unknown) => {
    throw new Error(
      `The page can't have port ${port}, perhaps because another sandbox still runs. ` +
        'Stop that, or choose another port in HALLPASS_SANDBOX_PORT.',
      { cause },
    )
  })
}

// Ctrl-C arrives twice, from the terminal and from the set-up script; and that script may be killed.
function stopOnSignals(): AbortSignal {
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop)
  process.once('disconnect', stop)
  return stopping.signal
}
