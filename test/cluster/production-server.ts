import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { goInstall, type GoInstall } from '../../src/sandbox/temporal/go-install.ts'
import { resolveTemporal, temporalCache } from '../../src/sandbox/temporal/source.ts'
import { project, readCompose, serviceOf } from '../deploy/compose.ts'

/** Temporal as production runs it. */
export type ProductionServer = {
  /** A folder with the programs, named as in Temporal's images. */
  readonly bin: string
  /** Where the UI finds its configuration. */
  readonly uiRoot: string
}

/** The versions that are tested are those of the compose file. */
const versions = (() => {
  const compose = readCompose(project, { ENTRA_TENANT_ID: 'any', ENTRA_CLIENT_ID: 'any' })
  const of = (name: string): string => serviceOf(compose, name).image.split(':').at(-1) ?? ''
  return { server: of('temporal'), tools: of('temporal-schema'), ui: of('temporal-ui') }
})()

const uiModule = `github.com/temporalio/ui-server/v2@v${versions.ui}`

/**
 * Finds the server, its schema tool and its UI in the user's cache folder, or builds them with Go (some minutes, once);
 * the command line comes with the development server. Rejects with what to install where there is neither.
 */
export async function findProductionServer(
  says: (sentence: string) => void,
  ticks: (sentence: string) => void,
  env: GoInstall['env'] = process.env,
): Promise<ProductionServer> {
  const signal = new AbortController().signal
  const caches = dirname(temporalCache(env))
  const folder = join(caches, `temporal-server-${versions.server}-ui-${versions.ui}`)
  const bin = join(folder, 'bin')
  const order = { env, ticks, signal, tags: 'disable_grpc_modules' }
  const server = 'go.temporal.io/server/cmd'
  await build(says, {
    ...order,
    source: `${server}/server@v${versions.server}`,
    name: "Temporal's production server",
    usually: 'five minutes',
    program: 'server',
    target: join(bin, 'temporal-server'),
  })
  await build(says, {
    ...order,
    source: `${server}/tools/sql@v${versions.tools}`,
    name: "Temporal's schema tool",
    usually: 'some seconds',
    program: 'sql',
    target: join(bin, 'temporal-sql-tool'),
  })
  await build(says, {
    ...order,
    source: uiModule.replace('@', '/cmd/server@'),
    name: "Temporal's UI",
    usually: 'half a minute',
    program: 'server',
    target: join(bin, 'ui-server'),
  })
  await keepConfiguration(join(folder, 'config'))
  await keepCommandLine(join(bin, 'temporal'), says, ticks)
  return { bin, uiRoot: folder }
}

async function build(says: (sentence: string) => void, order: GoInstall): Promise<void> {
  if (existsSync(order.target)) return
  says(`No ${order.name} here: building ${order.source} with Go, once.`)
  await goInstall(order).catch((cause: unknown) => {
    const because = cause instanceof Error ? cause.message : String(cause)
    throw new Error(
      `${order.name} can't be had (${because}). Install Go 1.26 or later (https://go.dev); it needs its module proxy once.`,
      { cause },
    )
  })
}

/** The UI's configuration, which takes everything from the environment, comes with its sources. */
async function keepConfiguration(target: string): Promise<void> {
  if (existsSync(target)) return
  const { stdout } = await promisify(execFile)('go', ['env', 'GOMODCACHE'])
  cpSync(join(stdout.trim(), ...uiModule.split('/'), 'config'), target, { recursive: true })
}

/** `temporal`, as the image with Temporal's tools has it. */
async function keepCommandLine(
  target: string,
  says: (sentence: string) => void,
  ticks: (sentence: string) => void,
): Promise<void> {
  if (existsSync(target)) return
  const env = { ...process.env, HALLPASS_SANDBOX_TEMPORAL_ADDRESS: undefined }
  const source = await resolveTemporal({ env, says, ticks, signal: new AbortController().signal })
  if (source.kind !== 'program') throw new Error('No command line of Temporal was found.')
  mkdirSync(dirname(target), { recursive: true })
  cpSync(source.path, target)
}
