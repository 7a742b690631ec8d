import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Launch } from '../child.ts'
import { freePort } from '../free-port.ts'
import type { Progress } from '../page-api.ts'
import { checkEnvironment, type World } from '../program.ts'
import { keepServing, type Serving } from '../serving.ts'
import type { StateFolder } from '../state-folder.ts'
import { startFreeRadius } from './freeradius.ts'
import { createVpn, type Vpn, type VpnOptions } from './gateway.ts'
import { findFreeRadius, versionOf } from './installed.ts'

export type StartVpnOptions = Pick<World, 'policyFile' | 'databaseUrl' | 'keys'> & {
  readonly cliPath: string
  readonly folder: StateFolder
  readonly launch: Launch
  readonly step: (
    name: 'Hallpass verify' | 'FreeRADIUS',
    state: Progress['steps'][number]['state'],
    detail: string,
  ) => void
  readonly says: (sentence: string) => void
  readonly signal: AbortSignal
  readonly started: (part: Serving & { readonly vpn?: Vpn }) => void
}

/** The only client of the policy's `checks`. */
const name = 'vpn-gateway'

/** Starts `hallpass verify` and, where it is installed, a FreeRADIUS that asks it; secrets are new for each start. */
export async function startVpn(options: StartVpnOptions): Promise<void> {
  const { step, says, started } = options
  const check = { name, secret: randomBytes(32).toString('hex') }
  const port = await freePort()
  const verifyUrl = `http://127.0.0.1:${port}`
  const serving = keepServing({
    launch: options.launch,
    program: verifyProgram(options, port, check),
    healthUrl: `${verifyUrl}/healthz`,
    says: (state, sentence) => {
      step('Hallpass verify', state, sentence)
      says(`Hallpass verify: ${sentence}`)
    },
  })
  started({ stop: serving.stop })
  const vpn = createVpn({ ...(await radiusFor(options, verifyUrl, check)), verifyUrl, check })
  started({ vpn, stop: () => Promise.resolve() })
}

function verifyProgram(
  { cliPath, folder, ...options }: StartVpnOptions,
  port: number,
  check: VpnOptions['check'],
) {
  return {
    name: 'hallpass-verify',
    command: process.execPath,
    args: [cliPath, 'verify', '--installation', 'sandbox'],
    env: checkEnvironment({ ...options, home: folder.path, port, check }),
    logFile: join(folder.logs, 'hallpass-verify.log'),
    stopSignal: 'SIGTERM',
  } as const
}

async function radiusFor(
  options: StartVpnOptions,
  verifyUrl: string,
  check: VpnOptions['check'],
): Promise<Pick<VpnOptions, 'radius' | 'otherwise'>> {
  const { folder, launch, signal, started } = options
  const installed = findFreeRadius()
  if (installed === undefined) return without(options, 'FreeRADIUS is not installed here')
  options.step('FreeRADIUS', 'running', 'Starting.')
  const logFile = join(folder.logs, 'freeradius.log')
  try {
    const version = await versionOf(installed)
    const server = await startFreeRadius({
      installed,
      launch,
      logFile,
      folder: join(folder.path, 'freeradius'),
      site: 'site-second-factor',
      verifyUrl,
      check,
      signal,
    })
    started({ stop: server.stop })
    options.step('FreeRADIUS', 'done', 'Running.')
    options.says(`FreeRADIUS ${version}: ${installed.command}, with the files of deploy/freeradius.`)
    return { radius: { server, version }, otherwise: '' }
  } catch (error) {
    options.says(error instanceof Error ? error.message : String(error))
    return without(options, 'FreeRADIUS does not run here')
  }
}

/** The workspace is whole without it: it says so and goes on. */
function without({ step, says }: StartVpnOptions, otherwise: string) {
  const sentence = `${otherwise}: the VPN asks Hallpass's HTTP check directly.`
  step('FreeRADIUS', 'done', sentence)
  says(sentence)
  return { radius: undefined, otherwise }
}
