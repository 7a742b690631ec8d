import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { makeWhole } from './workshop.ts'

export type GoInstall = {
  /** The package with its version, as `go install` takes it. */
  readonly source: string
  /** What people call it, and how long it usually takes. */
  readonly name: string
  readonly usually: string
  /** What the program is called that comes out. */
  readonly program: string
  readonly tags?: string
  readonly target: string
  /** Go's own settings (proxy, caches) are in there. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly ticks: (sentence: string) => void
  readonly signal: AbortSignal
}

/** Builds a Go program from source, once. Rejects when there is no Go or it fails. */
export async function goInstall(options: GoInstall): Promise<void> {
  const { source, name, usually, program, tags, target, env, ticks, signal } = options
  await makeWhole(target, async (folder) => {
    const began = Date.now()
    const report = setInterval(() => {
      const seconds = Math.round((Date.now() - began) / 1000)
      ticks(`Building ${name} with Go, once: ${seconds} s so far, usually ${usually}.`)
    }, 1000)
    const tagged = tags === undefined ? [] : ['-tags', tags]
    const args = ['install', '-trimpath', '-ldflags=-s -w', ...tagged, source]
    try {
      await runGo(args, { ...env, GOBIN: folder, CGO_ENABLED: '0' }, signal)
    } finally {
      clearInterval(report)
    }
    return join(folder, process.platform === 'win32' ? `${program}.exe` : program)
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
    // Not its exit: what it said last may come after that.
    go.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`go install ended with code ${code}: ${last.trim().split('\n').at(-1) ?? ''}`))
    })
  })
}
