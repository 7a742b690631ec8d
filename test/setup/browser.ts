import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { inject } from 'vitest'
import { installWithApt, tried } from './apt.ts'
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
  await installWithApt(say, 'browser', ['chromium', 'fonts-noto-color-emoji'])
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

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
