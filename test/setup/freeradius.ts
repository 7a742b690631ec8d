import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { inject } from 'vitest'
import { startChild, type Child } from '../../src/sandbox/child.ts'
import { installWithApt } from './apt.ts'
import { freePort } from './installation.ts'
import { taken } from './offer.ts'

const deploy = fileURLToPath(new URL('../../deploy/freeradius', import.meta.url))
const config = fileURLToPath(new URL('../radius/radiusd.conf', import.meta.url))
const libraries = ['/usr/lib/freeradius', '/usr/lib64/freeradius', '/usr/local/lib']

/** The shared secret of the gateway that the tests play. */
const secret = 'the-secret-of-the-test-gateway-0'

/** The path of a FreeRADIUS for the tests: an installed one, else Debian's (as root). Rejects with what to install. */
export async function findFreeRadius(say: (sentence: string) => void): Promise<string> {
  const found = installed() ?? (await fromDebian(say))
  if (found !== undefined) return found
  throw new Error(
    'No FreeRADIUS for the RADIUS tests: install freeradius, freeradius-rest and freeradius-utils (Debian), or freeradius, its rest module and radclient.',
  )
}

function installed(): string | undefined {
  const isWhole =
    existsSync('/usr/bin/radclient') && libraries.some((at) => existsSync(join(at, 'rlm_rest.so')))
  return isWhole ? ['/usr/sbin/freeradius', '/usr/sbin/radiusd'].find((path) => existsSync(path)) : undefined
}

async function fromDebian(say: (sentence: string) => void): Promise<string | undefined> {
  await installWithApt(say, 'FreeRADIUS', ['freeradius', 'freeradius-rest', 'freeradius-utils'])
  return installed()
}

/** What a RADIUS server answered. */
type RadiusAnswer = { readonly accepted: boolean; readonly text: string }

export type FreeRadius = {
  /** One sign-in by `radtest`, as a gateway sends it. */
  readonly signIn: (user: string, password: string) => Promise<RadiusAnswer>
  /** What `radclient` gets for these attributes; nothing within two seconds is no answer. */
  readonly send: (attributes: Readonly<Record<string, string>>) => Promise<string>
  readonly stop: () => Promise<void>
}

export type FreeRadiusOptions = {
  readonly site: 'site-second-factor' | 'site-password-then-code'
  readonly verifyUrl: string
  readonly check: { readonly name: string; readonly secret: string }
  /** Lines of FreeRADIUS's `users` file. */
  readonly users?: string
}

/** Starts the real FreeRADIUS with the shipped configuration. */
export async function startFreeRadius(options: FreeRadiusOptions): Promise<FreeRadius> {
  const command = taken(inject('freeradius'))
  const folder = mkdtempSync(join(inject('folder'), 'radius-'))
  copyFileSync(config, join(folder, 'radiusd.conf'))
  writeFileSync(join(folder, 'users'), `${options.users ?? ''}\n`)
  const port = await freePort()
  const child = await startChild({
    name: 'FreeRADIUS',
    command,
    args: ['-f', '-d', folder, '-n', 'radiusd'],
    env: environment(options, folder, port),
    logFile: join(folder, 'radius.log'),
    stopSignal: 'SIGTERM',
  })
  const send = (attributes: Readonly<Record<string, string>>) => radclient(port, attributes)
  await untilItListens(child, send)
  return {
    signIn: (user, password) => radtest(port, user, password),
    send,
    stop: () => child.stop(),
  }
}

function environment({ site, verifyUrl, check }: FreeRadiusOptions, folder: string, port: number) {
  return {
    TEST_LIBDIR: libraries.find((at) => existsSync(join(at, 'rlm_rest.so'))) ?? '',
    TEST_FOLDER: folder,
    TEST_DEPLOY: deploy,
    TEST_SITE: site,
    HALLPASS_VERIFY_URL: verifyUrl,
    HALLPASS_CHECK_NAME: check.name,
    HALLPASS_CHECK_SECRET: check.secret,
    HALLPASS_RADIUS_ADDRESS: '127.0.0.1',
    HALLPASS_RADIUS_PORT: String(port),
    HALLPASS_GATEWAY_ADDRESS: '127.0.0.1',
    HALLPASS_GATEWAY_SECRET: secret,
  }
}

async function untilItListens(child: Child, send: FreeRadius['send']): Promise<void> {
  for (let tries = 0; tries < 20 && child.running(); tries += 1) {
    if ((await send({ 'User-Name': 'nobody' })).includes('Access-Reject')) return
  }
  await child.stop()
  throw new Error('FreeRADIUS does not answer with the shipped configuration.')
}

async function radtest(port: number, user: string, password: string): Promise<RadiusAnswer> {
  const text = await output('radtest', ['-x', user, password, `127.0.0.1:${port}`, '0', secret])
  return { accepted: text.includes('Access-Accept'), text }
}

async function radclient(port: number, attributes: Readonly<Record<string, string>>): Promise<string> {
  const input = Object.entries(attributes).map(
    ([name, value]) => `${name} = ${value.startsWith('0x') ? value : JSON.stringify(value)}`,
  )
  const folder = mkdtempSync(join(inject('folder'), 'request-'))
  const file = join(folder, 'request')
  writeFileSync(file, `${[...input, 'Message-Authenticator = 0x00'].join(', ')}\n`)
  return output('radclient', ['-x', '-r', '1', '-t', '1', '-f', file, `127.0.0.1:${port}`, 'auth', secret])
}

/** Both tools end with an error when somebody is rejected; what they print says what happened. */
async function output(command: string, args: readonly string[]): Promise<string> {
  const run = promisify(execFile)
  try {
    return (await run(command, args)).stdout
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : ''
  }
}
