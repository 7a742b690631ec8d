import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { inject } from 'vitest'
import { installWithApt, tried } from './apt.ts'
import { taken } from './offer.ts'

// Chromium without the parts that draw windows takes a third of the processor's time: it is asked for first.
const shell = 'chromium-headless-shell'
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
 * The path of a Chromium for the tests: a named one, a headless shell (Debian's is installed now, as root), any other that
 * is installed, or Playwright's own. Rejects with what to install.
 */
export async function findBrowser(say: (sentence: string) => void): Promise<string> {
  const named = process.env['HALLPASS_TEST_BROWSER'] || process.env['CHROME_PATH']
  if (named && isExecutable(named)) return named
  if (named) throw new Error(`The browser ${named} is not there: see HALLPASS_TEST_BROWSER and CHROME_PATH.`)
  const there =
    found([shell]) ?? (await fromDebian(say)) ?? found(names, macChrome) ?? (await fromPlaywright(say))
  if (there) return there
  throw new Error(
    'No Chromium for the browser tests: install chromium-headless-shell or chromium, or name one in HALLPASS_TEST_BROWSER.',
  )
}

function found(called: readonly string[], ...elsewhere: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  const candidates = folders.flatMap((folder) => called.map((name) => join(folder, name)))
  return [...candidates, ...elsewhere, chromium.executablePath()].find(isExecutable)
}

async function fromDebian(say: (sentence: string) => void): Promise<string | undefined> {
  await installWithApt(say, 'browser', [shell, 'fonts-noto-color-emoji'])
  return found([shell])
}

async function fromPlaywright(say: (sentence: string) => void): Promise<string | undefined> {
  say('No browser here: asking Playwright for its Chromium.')
  const command = join(
    dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
    'cli.js',
  )
  await tried(say, process.execPath, [command, 'install', 'chromium'])
  return found([])
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
