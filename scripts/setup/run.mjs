import { spawn } from 'node:child_process'
import { join } from 'node:path'

const children = new Set()
let stoppedBy

/**
 * Runs one command with the terminal's output and resolves to its exit code.
 * After Ctrl-C nothing is started any more: the code is then 128 and the signal's number.
 */
export function run(command, args, options = {}) {
  if (stoppedBy) return Promise.resolve(codeOf(stoppedBy))
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options })
    children.add(child)
    child.once('error', (error) => {
      children.delete(child)
      reject(new Error(`${command} could not be started: ${error.message}`, { cause: error }))
    })
    child.once('exit', (code, signal) => {
      children.delete(child)
      resolve(stoppedBy && code === null ? codeOf(stoppedBy) : (code ?? codeOf(signal)))
    })
  })
}

/** Passes Ctrl-C and SIGTERM on to whatever runs; this program ends only after its children did. */
export function passOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      stoppedBy ??= signal
      for (const child of children) child.kill(signal === 'SIGINT' ? 'SIGTERM' : signal)
      if (children.size === 0) process.exit(codeOf(signal))
    })
  }
}

/** The path of a program that came with the packages. */
export function packageBin(root, name) {
  return join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)
}

function codeOf(signal) {
  return { SIGHUP: 129, SIGINT: 130, SIGKILL: 137, SIGTERM: 143 }[signal] ?? 1
}
