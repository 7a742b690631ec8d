import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { inject } from 'vitest'
import { taken } from './offer.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const macChrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

// The first two because tests run as root in containers; the others so that it asks nobody on the network.
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts the browser that the run has found, without a window; whoever asked for it closes it. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: taken(inject('browser')), args: flags })
}

/**
 * The path of a Chromium for the tests: a named one, an installed one, Debian's (installed now, as root), or
 * Playwright's own. Rejects with what to install.
 */
export async function findBrowser(say: (sentence: string) => void): Promise<string> {
  const named = process.env['HALLPASS_TEST_BROWSER'] || process.env['CHROME_PATH']
  if (named && isExecutable(named)) return named
  if (named) throw new Error(`The browser ${named} is not there: see HALLPASS_TEST_BROWSER and CHROME_PATH.`)
  const there = installed() ?? (await fromDebian(say)) ?? (await fromPlaywright(say))
  if (there) return there
  throw new Error(
    'No Chromium for the browser tests: install chromium, or name one in HALLPASS_TEST_BROWSER.',
  )
}

function installed(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  return [...candidates, macChrome, chromium.executablePath()].find(isExecutable)
}

async function fromDebian(say: (sentence: string) => void): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined
  say("No browser here: installing Debian's chromium with apt-get (about a minute, once).")
  const wait = ['-o', 'DPkg::Lock::Timeout=300']
  await tried(say, 'apt-get', [...wait, 'update'])
  const packages = ['chromium', 'fonts-noto-color-emoji']
  await tried(say, 'apt-get', [...wait, 'install', '-y', '--no-install-recommends', ...packages])
  return installed()
}

async function fromPlaywright(say: (sentence: string) => void): Promise<string | undefined> {
  say('No browser here: asking Playwright for its Chromium.')
  const command = join(
    dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
    'cli.js',
  )
  await tried(say, process.execPath, [command, 'install', 'chromium'])
  return installed()
}

async function tried(
  say: (sentence: string) => void,
  command: string,
  args: readonly string[],
): Promise<void> {
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await promisify(execFile)(command, args, { env, timeout: 600_000, maxBuffer: 64 * 1024 * 1024 })
  } catch (error) {
    say(`${command} failed: ${error instanceof Error ? error.message.split('\n').at(-1) : String(error)}`)
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
