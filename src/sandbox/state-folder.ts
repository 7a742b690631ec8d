import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { commandOf, endRecorded, readRecord, writeRecord } from './process-record.ts'

const marker = '.hallpass-sandbox'

export type StateFolder = {
  readonly path: string
  /** Stays the same until a fresh start. */
  readonly story: string
  /** Where `recordingLaunch` keeps its records. */
  readonly processes: string
  readonly logs: string
  /** Names of the programs that an earlier sandbox had left running. */
  readonly ended: readonly string[]
  /** Lets another sandbox use the folder. */
  readonly release: () => void
}

/** Throws when the folder holds something else (it has no marker of ours), or another live sandbox uses it. */
export function refuseUsed(path: string): void {
  refuseForeign(path)
  const other = readRecord(lockOf(path))
  if (!other) return
  const where = other.page === undefined ? '' : ` Its page is at ${other.page}`
  throw new Error(
    `Another sandbox (process ${other.pid}) uses ${path}.${where}\n` +
      'Stop it, or give this one a folder and a port of its own: HALLPASS_SANDBOX_STATE_DIR and HALLPASS_SANDBOX_PORT.',
  )
}

/**
 * Takes the folder that holds the sandbox's state for this process alone; `fresh` empties it first. Others learn
 * where the page is. Refuses what `refuseUsed` does.
 */
export async function openStateFolder(path: string, fresh: boolean, page?: string): Promise<StateFolder> {
  refuseUsed(path)
  const lock = lockOf(path)
  const processes = join(path, 'processes')
  const ended = await endRecorded(processes)
  if (fresh) rmSync(path, { recursive: true, force: true })
  mkdirSync(path, { recursive: true })
  // Not 0700: the user that PostgreSQL runs as must get to its own folder inside. Each file is 0600.
  chmodSync(path, 0o711)
  writeFileSync(
    join(path, marker),
    'The state of a Hallpass sandbox. `npm start -- --fresh` removes this folder.\n',
  )
  const command = commandOf(process.pid)
  if (command !== undefined) writeRecord(lock, { pid: process.pid, command, stopSignal: 'SIGTERM', page })
  const logs = join(path, 'logs')
  rmSync(logs, { recursive: true, force: true })
  // PostgreSQL's own log is opened by us, so nobody else needs to get in here.
  mkdirSync(logs, { mode: 0o700 })
  return { path, story: storyIn(path), processes, logs, ended, release: () => rmSync(lock, { force: true }) }
}

function lockOf(path: string): string {
  return join(path, 'sandbox.lock')
}

function storyIn(path: string): string {
  const file = join(path, 'story')
  if (!existsSync(file)) writeFileSync(file, randomUUID())
  return readFileSync(file, 'utf8')
}

function refuseForeign(path: string): void {
  if (!existsSync(path) || existsSync(join(path, marker))) return
  if (lstatSync(path).isDirectory() && readdirSync(path).length === 0) return
  throw new Error(
    `${path} holds something else: it is not the state of a sandbox, so it is neither used nor removed. ` +
      'Name another folder in HALLPASS_SANDBOX_STATE_DIR.',
  )
}
