import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

/** The project's own folder, which holds the files that deployments start from. */
export const project: string = fileURLToPath(new URL('../../', import.meta.url))

/** A service as `docker-compose.yml` describes it, as far as anything here asks. */
export type Service = {
  readonly image: string
  readonly build?: string
  readonly user?: string
  readonly entrypoint?: readonly string[]
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly secrets?: readonly string[]
  readonly volumes?: readonly string[]
  readonly tmpfs?: readonly string[]
  readonly networks?: readonly string[]
  readonly network_mode?: string
  readonly ports?: readonly string[]
  readonly profiles?: readonly string[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly disable?: boolean; readonly test?: readonly string[] }
  readonly scale?: number
  readonly restart?: string
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly pids_limit?: number
  readonly mem_limit?: string
  readonly cpus?: number
  readonly stop_grace_period?: string
}

export type Compose = {
  readonly services: Readonly<Record<string, Service>>
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>
  readonly secrets: Readonly<Record<string, { readonly file: string }>>
}

/** Reads the compose file of a folder as Docker would, with the variables of the folder's `.env`. */
export function readCompose(folder: string, env: Readonly<Record<string, string>>): Compose {
  const text = readFileSync(join(folder, 'docker-compose.yml'), 'utf8')
  return filledIn(parse(text, { merge: true }), env) as Compose
}

/** The lines of an `.env` file. */
export function readEnv(file: string): Readonly<Record<string, string>> {
  const lines = readFileSync(file, 'utf8').matchAll(/^([A-Z_\d]+)=(.*)$/gm)
  return Object.fromEntries(Array.from(lines, ([, name = '', value = '']) => [name, value]))
}

/** The service of this name; throws where there is none. */
export function serviceOf({ services }: Pick<Compose, 'services'>, name: string): Service {
  const service = services[name]
  if (service === undefined) throw new Error(`docker-compose.yml has no service ${name}.`)
  return service
}

const placeholder = /\$\$|\$\{(?<name>\w+)(?::(?<how>[-?])(?<other>[^}]*))?\}/g

function filledIn(value: unknown, env: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return value.replace(placeholder, (...found) => valueOf(found, env))
  if (Array.isArray(value)) return value.map((one: unknown) => filledIn(one, env))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filledIn(one, env)]))
}

function valueOf(found: readonly unknown[], env: Readonly<Record<string, string>>): string {
  const [whole] = found
  if (whole === '$$') return '$'
  const { name, how, other = '' } = found.at(-1) as Readonly<Record<string, string | undefined>>
  const value = env[name ?? '']
  if (value) return value
  if (how === '?') throw new Error(`docker-compose.yml needs ${name}: ${other}`)
  return other
}
