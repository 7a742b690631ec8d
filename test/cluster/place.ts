import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { reachablePlace, type Account } from '../../src/sandbox/postgres-place.ts'
import { serviceOf, type Compose, type Service } from '../deploy/compose.ts'
import type { Image } from '../deploy/image.ts'
import { lowPorts } from './low-ports.ts'
import type { ProductionServer } from './production-server.ts'

export type PlaceOptions = {
  readonly compose: Compose
  /** The folder of the installation: the compose file with all that it mounts. */
  readonly folder: string
  readonly image: Image
  readonly server: ProductionServer
  /** Where PostgreSQL is: the one service that is not started from the compose file. */
  readonly postgresPort: number
}

/** Where everything of the compose file is on this machine. */
export type Place = {
  readonly commandOf: (service: string, index: number) => readonly string[]
  readonly environmentOf: (service: string, index: number) => Readonly<Record<string, string>>
  /** Whom a service runs as: our own programs as somebody who may write nowhere. */
  readonly accountOf: (service: string) => Account | undefined
  /** `127.0.0.1:port` of a port of a service as the compose file numbers it. */
  readonly address: (service: string, port: number, index?: number) => string
  /** The one that a service listens to. */
  readonly portOf: (service: string, index: number) => number
  /** A text of the compose file, or of a file that it mounts, with what it names as that is here. */
  readonly here: (text: string, service: string, index?: number) => string
  /** Makes the folder of a container, with the secrets that its service mounts and no other. */
  readonly furnish: (service: string, index: number) => void
}

/**
 * Gives every port a free one of this machine and every secret a file that only its service has. What a container would see
 * is translated: names of services, ports, mounted paths, the folders of images. Nothing else is changed.
 */
export async function createPlace(options: PlaceOptions): Promise<Place> {
  const { compose, folder, image, server } = options
  const ports = await givePorts(options)
  const service = (name: string): Service => serviceOf(compose, name)
  const home = (name: string, index: number): string => join(folder, 'containers', `${name}-${index}`)
  const path = [
    server.bin,
    dirname(process.execPath),
    '/usr/local/bin',
    '/usr/bin',
    '/bin',
    '/usr/sbin',
  ].join(':')

  const here = (text: string, name: string, index = 0): string => {
    const places = [
      ...mountsOf(service(name), folder),
      ['/run/secrets/', `${join(home(name, index), 'secrets')}/`],
    ]
    const placed = places.reduce((all, [inside = '', outside = '']) => all.replaceAll(inside, outside), text)
    return onThisMachine(placed, ports, ownerOf(service(name), name, index))
      .replace(/^\/app\//, `${image.root}/app/`)
      .replace(/^\/tmp$/, home(name, index))
  }
  return {
    here,
    accountOf: (name) => (service(name).build === undefined ? undefined : nobody()),
    address: (name, port, index = 0) => `127.0.0.1:${ports.get(`${name}/${index}:${port}`)}`,
    portOf: (name, index) =>
      Number(Array.from(ports).find(([key]) => key.startsWith(`${name}/${index}:`))?.[1]),
    commandOf(name, index) {
      const { build, image: tag, entrypoint, command = [] } = service(name)
      const usual = build === undefined ? entrypoints(server)[tag.split(':')[0] ?? ''] : image.entrypoint
      return [...(entrypoint ?? usual ?? []), ...command].map((part) => here(part, name, index))
    },
    environmentOf(name, index) {
      const { build, environment = {} } = service(name)
      const given = Object.entries(environment).map(([key, value]) => {
        const port = isOwnPort(key, value) ? ports.get(`${name}/${index}:${value}`) : undefined
        return [key, port === undefined ? here(neighbour(key, value, options), name, index) : String(port)]
      })
      return {
        PATH: path,
        HOME: home(name, index),
        ...(build !== undefined && image.environment),
        ...Object.fromEntries(given),
      }
    },
    furnish(name, index) {
      const secrets = join(home(name, index), 'secrets')
      mkdirSync(secrets, { recursive: true })
      for (const secret of service(name).secrets ?? []) {
        const text = readFileSync(resolve(folder, compose.secrets[secret]?.file ?? ''), 'utf8')
        const file = join(secrets, secret)
        rmSync(file, { force: true })
        writeFileSync(file, onThisMachine(text, ports, ''), { mode: 0o444 })
      }
    },
  }
}

/** What images start that are not ours, where the compose file does not say it. */
const entrypoints = ({ uiRoot }: ProductionServer): Readonly<Record<string, readonly string[]>> => ({
  'temporalio/ui': ['ui-server', '--root', uiRoot, '--env', 'docker', 'start'],
})

const portOfDatabases = '5432'

const isOwnPort = (key: string, value: string): boolean =>
  key.endsWith('PORT') && /^\d+$/.test(value) && value !== portOfDatabases

/** Where a service names another one by its host and its port apart. */
function neighbour(key: string, value: string, { compose, postgresPort }: PlaceOptions): string {
  if (key.endsWith('PORT') && value === portOfDatabases) return String(postgresPort)
  return /(?:HOST|SEEDS)$/.test(key) && value in compose.services ? '127.0.0.1' : value
}

async function givePorts({ compose, postgresPort }: PlaceOptions): Promise<ReadonlyMap<string, number>> {
  const ports = new Map([[`postgres/0:${portOfDatabases}`, postgresPort]])
  const free = lowPorts()
  for (const [name, { environment = {}, scale = 1 }] of Object.entries(compose.services)) {
    const listens = Object.entries(environment).flatMap(([key, value]) =>
      isOwnPort(key, value) ? [value] : [],
    )
    for (const port of listens)
      for (let index = 0; index < scale; index += 1) ports.set(`${name}/${index}:${port}`, await free())
  }
  return ports
}

/** A container that shares the network of another one finds that one's ports on its own loopback interface. */
function ownerOf({ network_mode: shared }: Service, name: string, index: number): string {
  return shared === undefined ? `${name}/${index}` : `${shared.replace('service:', '')}/0`
}

function mountsOf({ volumes = [] }: Service, folder: string): readonly (readonly [string, string])[] {
  return volumes.flatMap((volume) => {
    const [source = '', target = ''] = volume.split(':')
    return source.startsWith('.') ? [[target, resolve(folder, source)] as const] : []
  })
}

function onThisMachine(text: string, ports: ReadonlyMap<string, number>, owner: string): string {
  if (text === '0.0.0.0') return '127.0.0.1'
  return text.replaceAll(/\b([a-z][a-z-]*|127\.0\.0\.1):(\d+)\b/g, (whole, host: string, port: string) => {
    const found = ports.get(`${host === '127.0.0.1' ? owner : `${host}/0`}:${port}`)
    return found === undefined ? whole : `127.0.0.1:${found}`
  })
}

/** A user who may write nowhere stands for a file system that can't be written to. */
function nobody(): Account | undefined {
  const account = { uid: 65_534, gid: 65_534 }
  const canRunNode = reachablePlace(process.execPath, account) === process.execPath
  return process.getuid?.() === 0 && canRunNode ? account : undefined
}
