import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inject } from 'vitest'
import { startChild } from '../../src/sandbox/child.ts'
import { startFreeRadius as start, type FreeRadiusOptions } from '../../src/sandbox/vpn/freeradius.ts'
import { findFreeRadius as findInstalled, type Installed } from '../../src/sandbox/vpn/installed.ts'
import { sendAttributes, type Gateway } from '../../src/sandbox/vpn/radclient.ts'
import { installWithApt } from './apt.ts'
import { taken } from './offer.ts'

/** A FreeRADIUS for the tests: an installed one, else Debian's (as root). Rejects with what to install. */
export async function findFreeRadius(say: (sentence: string) => void): Promise<Installed> {
  const found = findInstalled() ?? (await fromDebian(say))
  if (found !== undefined) return found
  throw new Error(
    'No FreeRADIUS for the RADIUS tests: install freeradius, freeradius-rest and freeradius-utils (Debian), or freeradius, its rest module and radclient.',
  )
}

async function fromDebian(say: (sentence: string) => void): Promise<Installed | undefined> {
  await installWithApt(say, 'FreeRADIUS', ['freeradius', 'freeradius-rest', 'freeradius-utils'])
  return findInstalled()
}

/** What a RADIUS server answered. */
type RadiusAnswer = { readonly accepted: boolean; readonly text: string }

export type FreeRadius = {
  /** One sign-in by `radtest`, as a gateway sends it. */
  readonly signIn: (user: string, password: string) => Promise<RadiusAnswer>
  /** What comes back for these attributes; nothing within two seconds is no answer. */
  readonly send: (attributes: Readonly<Record<string, string>>) => Promise<string>
  readonly stop: () => Promise<void>
}

/** Starts the real FreeRADIUS with the shipped configuration. */
export async function startFreeRadius(
  options: Pick<FreeRadiusOptions, 'configuration' | 'site' | 'verifyUrl' | 'check' | 'users'>,
): Promise<FreeRadius> {
  const installed = taken(inject('freeradius'))
  const folder = mkdtempSync(join(inject('folder'), 'radius-'))
  const logFile = join(folder, 'radius.log')
  const { gateway, stop } = await start({ ...options, installed, folder, logFile, launch: startChild })
  return {
    signIn: (user, password) => radtest(gateway, user, password),
    send: (attributes) => sendAttributes({ ...gateway, patience: 1 }, attributes),
    stop,
  }
}

async function radtest({ port, secretFile }: Gateway, user: string, password: string): Promise<RadiusAnswer> {
  const secret = readFileSync(secretFile, 'utf8')
  const text = await output('radtest', ['-x', user, password, `127.0.0.1:${port}`, '0', secret])
  return { accepted: text.includes('Received Access-Accept'), text }
}

/** It ends with an error when somebody is rejected; what it prints says what happened. */
async function output(command: string, args: readonly string[]): Promise<string> {
  const run = promisify(execFile)
  try {
    return (await run(command, args)).stdout
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : ''
  }
}
