import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startChild, type Child } from '../../src/sandbox/child.ts'
import { freePort } from '../../src/sandbox/free-port.ts'
import { endRecorded } from '../../src/sandbox/process-record.ts'

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** How long something took since the command was given, in milliseconds. */
type Times = { readonly firstPage: number; readonly ready: number }

export type SandboxProcess = {
  readonly url: string
  /** Runs `hallpass sandbox`, until its page answers. `ready` waits for everything else. */
  readonly start: () => Promise<{ readonly ready: () => Promise<Times> }>
  /** What nobody can prepare for: the process is gone at once, and what it had started is not. */
  readonly kill: () => Promise<void>
  /** What Ctrl-C in a terminal does; answers how the process ended. */
  readonly interrupt: () => Promise<string>
  readonly close: () => Promise<void>
}

/** The embedded workspace as a user starts it: the built program as a process, state and port of its own. */
export async function sandboxIn(folder: string): Promise<SandboxProcess> {
  const port = await freePort()
  const state = join(folder, 'state')
  const url = `http://127.0.0.1:${port}`
  const env = Object.fromEntries(
    Object.entries({
      ...process.env,
      HALLPASS_SANDBOX_STATE_DIR: state,
      HALLPASS_SANDBOX_PORT: String(port),
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  let child: Child | undefined

  const signal = async (to: number, name: NodeJS.Signals): Promise<string> => {
    process.kill(to, name)
    return (await child?.ended) ?? ''
  }
  return {
    url,
    async start() {
      const began = performance.now()
      const logFile = join(folder, 'sandbox.log')
      const started = await startChild({
        name: 'sandbox',
        command: process.execPath,
        args: [cli, 'sandbox'],
        env,
        logFile,
        stopSignal: 'SIGINT',
      })
      child = started
      const since = () => Math.round(performance.now() - began)
      await answers(started, logFile, async () => (await fetch(url)).ok)
      const firstPage = since()
      return {
        ready: async () => {
          await answers(started, logFile, () => isReady(url))
          return { firstPage, ready: since() }
        },
      }
    },
    kill: async () => void (await signal(child?.pid ?? 0, 'SIGKILL')),
    // A terminal tells the whole group.
    interrupt: () => signal(-(child?.pid ?? 0), 'SIGINT'),
    async close() {
      await child?.stop(20_000)
      await endRecorded(join(state, 'processes'))
    },
  }
}

async function isReady(url: string): Promise<boolean> {
  const progress = await fetch(`${url}/api/progress`)
  return (await progress.text()).startsWith('{"ready":true')
}

async function answers(child: Child, logFile: string, is: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + 60_000
  while (Date.now() < until && child.running()) {
    if (await is().catch(() => false)) return
    await sleep(20)
  }
  throw new Error(`The sandbox did not start; its log: ${logFile}`)
}
