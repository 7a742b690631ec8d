import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Launch } from '../child.ts'
import { freePort } from '../free-port.ts'
import type { Installed } from './installed.ts'
import { sendAttributes, type Gateway } from './radclient.ts'

const shipped = fileURLToPath(new URL('../../../deploy/freeradius', import.meta.url))

export type FreeRadiusOptions = {
  readonly installed: Installed
  /** The folder of its configuration; the shipped one unless another is named. */
  readonly configuration?: string
  readonly launch: Launch
  /** Gets its secret and its users. */
  readonly folder: string
  readonly logFile: string
  readonly site: 'site-second-factor' | 'site-password-then-code'
  readonly verifyUrl: string
  /** As whom it asks there. */
  readonly check: { readonly name: string; readonly secret: string }
  /** Lines of FreeRADIUS's `users` file. */
  readonly users?: string
  readonly signal?: AbortSignal
}

export type FreeRadius = {
  /** Of the one gateway that may ask it. */
  readonly gateway: Gateway
  readonly running: () => boolean
  readonly stop: () => Promise<void>
}

/** Starts the real FreeRADIUS with the shipped configuration on 127.0.0.1. Rejects when it does not answer. */
export async function startFreeRadius(options: FreeRadiusOptions): Promise<FreeRadius> {
  const { folder, installed, logFile } = options
  const secret = randomBytes(32).toString('hex')
  const gateway = { port: await freePort(), secretFile: join(folder, 'secret'), patience: 6 }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(gateway.secretFile, secret, { mode: 0o600 })
  writeFileSync(join(folder, 'users'), `${options.users ?? ''}\n`, { mode: 0o600 })
  const child = await options.launch({
    name: 'freeradius',
    command: installed.command,
    args: ['-f', '-d', options.configuration ?? shipped, '-n', 'radiusd'],
    env: environment(options, gateway.port, secret),
    logFile,
    stopSignal: 'SIGTERM',
  })
  if (await answers(gateway, () => child.running() && options.signal?.aborted !== true))
    return { gateway, running: child.running, stop: () => child.stop() }
  await child.stop()
  throw new Error(`FreeRADIUS does not answer: see ${logFile}.`)
}

function environment(
  { installed, configuration = shipped, folder, site, verifyUrl, check }: FreeRadiusOptions,
  port: number,
  secret: string,
) {
  return {
    HALLPASS_RADIUS_LIBRARIES: installed.libraries,
    HALLPASS_RADIUS_FOLDER: folder,
    HALLPASS_RADIUS_SITE: join(configuration, site),
    HALLPASS_VERIFY_URL: verifyUrl,
    HALLPASS_CHECK_NAME: check.name,
    HALLPASS_CHECK_SECRET: check.secret,
    HALLPASS_RADIUS_ADDRESS: '127.0.0.1',
    HALLPASS_RADIUS_PORT: String(port),
    HALLPASS_GATEWAY_ADDRESS: '127.0.0.1',
    HALLPASS_GATEWAY_SECRET: secret,
  }
}

async function answers(gateway: Gateway, isWanted: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 20 && isWanted(); tries += 1) {
    const answer = await sendAttributes({ ...gateway, patience: 0.5 }, { 'User-Name': 'nobody' })
    if (answer.includes('Access-Reject')) return true
  }
  return false
}
