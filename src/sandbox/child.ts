import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

export type Program = {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** The whole environment: nothing of ours is inherited. */
  readonly env: Readonly<Record<string, string>>
  readonly logFile: string
  /** What asks this program to end in good order. */
  readonly stopSignal: 'SIGTERM' | 'SIGINT'
  /** Another user to run as. */
  readonly account?: { readonly uid: number; readonly gid: number } | undefined
}

export type Child = {
  readonly pid: number
  /** Settles when the process is gone, with how it ended. */
  readonly ended: Promise<string>
  readonly running: () => boolean
  /** Asks it to end, and kills it when it has not after the patience in milliseconds. */
  readonly stop: (patience?: number) => Promise<void>
}

export type Launch = (program: Program) => Promise<Child>

/**
 * Starts a program with its output in a file. It gets a process group of its own, so that Ctrl-C in the
 * terminal reaches only us and we stop the programs in order. Rejects when it can't be started.
 */
export async function startChild(program: Program): Promise<Child> {
  const log = openSync(program.logFile, 'a', 0o600)
  const child = spawn(program.command, program.args, {
    env: { ...program.env },
    stdio: ['ignore', log, log],
    detached: true,
    ...program.account,
  })
  closeSync(log)
  let running = true
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      running = false
      resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`)
    })
  })
  const pid = await started(child, program)
  return { pid, ended, running: () => running, stop: (patience = 10_000) => stop(patience) }

  async function stop(patience: number): Promise<void> {
    if (!running) return
    child.kill(program.stopSignal)
    const patient = new AbortController()
    await Promise.race([ended, sleep(patience, undefined, { signal: patient.signal }).catch(() => undefined)])
    patient.abort()
    if (running) child.kill('SIGKILL')
    await ended
  }
}

function started(child: ReturnType<typeof spawn>, program: Program): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => {
      reject(new Error(`${program.name} could not be started: ${cause.message}`, { cause }))
    })
    child.once('spawn', () => {
      if (child.pid !== undefined) resolve(child.pid)
    })
  })
}
