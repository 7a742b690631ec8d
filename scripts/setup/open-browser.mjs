import { spawn } from 'node:child_process'

const openers = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
  linux: ['xdg-open'],
}

/** Opens the address in the person's browser, only where a person sits; without one the printed address does. */
export function openBrowser(url, { wanted, tty = process.stdout.isTTY, env = process.env }) {
  const opener = openers[process.platform]
  if (!wanted || !tty || env.CI || !opener) return
  const [command, ...args] = opener
  spawn(command, [...args, url], { stdio: 'ignore', detached: true })
    .once('error', () => {})
    .unref()
}
