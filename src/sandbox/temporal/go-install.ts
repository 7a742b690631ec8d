import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { makeWhole } from './workshop.ts'

export type GoInstall = {
  readonly version: string
  readonly target: string
  /** Go's own settings (proxy, caches) are in there. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly ticks: (sentence: string) => void
  readonly signal: AbortSignal
}

/** Builds the Temporal CLI from source: three to five minutes, once. Rejects when there is no Go or it fails. */
export async function goInstall({ version, target, env, ticks, signal }: GoInstall): Promise<void> {
  await makeWhole(target, async (folder) => {
    const began = Date.now()
    const report = setInterval(() => {
      const seconds = Math.round((Date.now() - began) / 1000)
      ticks(`Building Temporal with Go, once: ${seconds} s so far, usually three to five minutes.`)
    }, 1000)
    const args = [
      'install',
      '-trimpath',
      '-ldflags=-s -w',
      `github.com/temporalio/cli/cmd/temporal@v${version}`,
    ]
    try {
      await runGo(args, { ...env, GOBIN: folder, CGO_ENABLED: '0' }, signal)
    } finally {
      clearInterval(report)
    }
    return join(folder, process.platform === 'win32' ? 'temporal.exe' : 'temporal')
  })
}

function runGo(args: readonly string[], env: GoInstall['env'], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = spawn('go', args, { env: { ...env }, stdio: ['ignore', 'ignore', 'pipe'], signal })
    let last = ''
    go.stderr.on('data', (bytes: Buffer) => {
      last = (last + bytes.toString()).slice(-500)
    })
    go.once('error', (cause) => reject(new Error('go could not be started', { cause })))
    go.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`go install ended with code ${code}: ${last.trim().split('\n').at(-1) ?? ''}`))
    })
  })
}
