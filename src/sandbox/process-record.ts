import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startChild } from './child.ts'
import type { Launch } from './child.ts'
import { parseProcessRecord } from './process-record.schema.ts'
import type { ProcessRecord } from './process-record.schema.ts'

/** The command line of a live process, or undefined when there is none with this id. */
export function commandOf(pid: number): string | undefined {
  try {
    const line = existsSync('/proc/self/cmdline')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return line.trim() || undefined
  } catch {
    return undefined
  }
}

/**
 * A `Launch` that writes down each process while it runs, so that the next start can end what a killed
 * sandbox left behind.
 */
export function recordingLaunch(folder: string): Launch {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return async (program) => {
    const child = await startChild(program)
    const file = join(folder, `${program.name}.json`)
    const command = commandOf(child.pid)
    if (command !== undefined) writeRecord(file, { pid: child.pid, command, stopSignal: program.stopSignal })
    void child.ended.then(() => rmSync(file, { force: true }))
    return child
  }
}

/**
 * Ends the processes that are still recorded in the folder and returns their names. The command line must
 * be the recorded one: the number may belong to somebody else's process by now.
 */
export async function endRecorded(folder: string, patience = 10_000): Promise<readonly string[]> {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  const ended = await Promise.all(
    files.map(async (name) => {
      const record = readRecord(join(folder, name))
      const was = record !== undefined && (await endProcess(record, patience))
      rmSync(join(folder, name), { force: true })
      return was ? [name.replace('.json', '')] : []
    }),
  )
  return ended.flat()
}

/** Writes a record that only its owner can read. */
export function writeRecord(file: string, record: ProcessRecord): void {
  writeFileSync(file, JSON.stringify(record), { mode: 0o600 })
}

/** The record of a process that still runs, or undefined: no file, cut off, or the process is another one. */
export function readRecord(file: string): ProcessRecord | undefined {
  const record = existsSync(file) ? parseProcessRecord(readFileSync(file, 'utf8')) : undefined
  return record !== undefined && isAlive(record) ? record : undefined
}

async function endProcess(record: ProcessRecord, patience: number): Promise<boolean> {
  const until = Date.now() + patience
  signal(record, record.stopSignal)
  while (isAlive(record) && Date.now() < until) await sleep(50)
  if (isAlive(record)) signal(record, 'SIGKILL')
  return true
}

function isAlive(record: ProcessRecord): boolean {
  return record.pid !== process.pid && commandOf(record.pid) === record.command
}

function signal(record: ProcessRecord, name: NodeJS.Signals): void {
  try {
    process.kill(record.pid, name)
  } catch {
    // It ended by itself between the look and the signal.
  }
}
