import { mkdtempSync, readdirSync, rmSync, statSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandOf, endRecorded, readRecord, writeRecord } from '../../src/sandbox/process-record.ts'

const prefix = 'hallpass-test-'
const owner = 'owner.json'

/** A folder for this run, which the next run clears away, with the servers that were started for it, if this one is killed. */
export function runFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  chmodSync(folder, 0o711)
  const command = commandOf(process.pid)
  if (command !== undefined) {
    writeRecord(join(folder, owner), { pid: process.pid, command, stopSignal: 'SIGTERM' })
  }
  return folder
}

/** Where the servers of a run are recorded. */
export function recordsOf(folder: string): string {
  return join(folder, 'processes')
}

/** Ends the servers of runs that were killed and removes their folders; returns the names of what was ended. */
export async function clearLeftovers(): Promise<readonly string[]> {
  const folders = readdirSync(tmpdir())
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(tmpdir(), name))
    // Anybody may write into the folder of temporary files; only what is ours says what to end.
    .filter((folder) => statSync(folder).uid === process.getuid?.() && !isYoung(folder))
  const ended = await Promise.all(
    folders.map(async (folder) => {
      if (readRecord(join(folder, owner))) return []
      const names = await endRecorded(recordsOf(folder))
      rmSync(folder, { recursive: true, force: true })
      return names
    }),
  )
  return ended.flat()
}

// Between making its folder and signing it a run has no owner.
function isYoung(folder: string): boolean {
  return Date.now() - statSync(folder).mtimeMs < 5000
}
