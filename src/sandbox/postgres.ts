import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Client } from 'pg'
import type { Child, Launch } from './child.ts'
import { freePort } from './free-port.ts'
import { postgresAccount, postgresPrograms, reachablePlace } from './postgres-place.ts'
import type { Account } from './postgres-place.ts'
import { commandOf } from './process-record.ts'

export type PostgresOptions = {
  /** Holds the data and the superuser's password. */
  readonly folder: string
  readonly launch: Launch
  readonly logFile: string
  /** Tests give up the data of a crash for speed. */
  readonly durable: boolean
}

export type Postgres = {
  /** The superuser's, for whoever makes databases. */
  readonly superuserUrl: string
  /** A connection string for one of the roles that `prepareDatabases` makes. */
  readonly url: (database: string, role?: string, password?: string) => string
  readonly stop: () => Promise<void>
}

const superuser = 'postgres'

/** The folder with the data, which for root may have to lie outside the folder of the state. */
export function postgresDataFolder(folder: string): string {
  return reachablePlace(join(folder, 'postgres'), postgresAccount())
}

/**
 * Starts a PostgreSQL server on a free port of 127.0.0.1 without sockets in the file system; the first
 * start creates its data (about 2 s). Rejects with the log file's name when it does not come up in 60 s.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const account = postgresAccount()
  const programs = postgresPrograms(account)
  const data = postgresDataFolder(options.folder)
  const password = superuserPassword(join(options.folder, 'postgres-password'), existsSync(data))
  if (!existsSync(data)) await createData({ data, programs, password, account })
  removeStalePid(data)
  const port = await freePort()
  const child = await options.launch({
    name: 'postgres',
    command: join(programs, 'postgres'),
    args: serverArguments(data, port, options.durable),
    env: { LC_ALL: 'C' },
    logFile: options.logFile,
    stopSignal: 'SIGINT',
    account,
  })
  const url = (database: string, role = superuser, its = password) =>
    `postgresql://${role}:${its}@127.0.0.1:${port}/${database}?sslmode=disable`
  await untilItAnswers(url('postgres'), child, options.logFile).catch(async (error: unknown) => {
    await child.stop()
    throw error
  })
  return { superuserUrl: url('postgres'), url, stop: () => child.stop() }
}

function serverArguments(data: string, port: number, durable: boolean): readonly string[] {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200']
  if (!durable) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off')
  return ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
}

function superuserPassword(file: string, needed: boolean): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  if (needed)
    throw new Error(`${file} is missing, so the database can't be opened: start again with --fresh.`)
  const password = randomBytes(24).toString('hex')
  writeFileSync(file, `${password}\n`, { mode: 0o600 })
  return password
}

type NewData = {
  readonly data: string
  readonly programs: string
  readonly password: string
  readonly account: Account | undefined
}

async function createData({ data, programs, password, account }: NewData): Promise<void> {
  const half = `${data}.new`
  const passwordFile = `${data}.password`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(dirname(half), { recursive: true, mode: 0o755 })
  mkdirSync(half, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account) for (const path of [half, passwordFile]) chownSync(path, account.uid, account.gid)
  const options = [
    '--auth=scram-sha-256',
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    `--pgdata=${half}`,
    // A power cut before the first start costs a fresh one; syncing a thousand files costs everybody seconds.
    '--no-sync',
    '--encoding=UTF8',
    // The builtin provider sorts alike everywhere and needs no locale of the machine.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]
  try {
    await promisify(execFile)(join(programs, 'initdb'), options, {
      env: { LC_ALL: 'C' },
      cwd: '/',
      ...account,
    })
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(half, data)
}

// PostgreSQL refuses to start over the pid file of a killed one whose number has been given away again.
function removeStalePid(data: string): void {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
  if (commandOf(pid)?.includes(data))
    throw new Error(`PostgreSQL (process ${pid}) still runs on ${data}: stop it first.`)
  rmSync(file, { force: true })
}

async function untilItAnswers(url: string, child: Child, logFile: string): Promise<void> {
  const until = Date.now() + 60_000
  for (;;) {
    const client = new Client({ connectionString: url })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('select 1')
      return
    } catch (cause) {
      if (!child.running()) throw new Error(`PostgreSQL ${await child.ended}: see ${logFile}.`, { cause })
      if (Date.now() > until) throw new Error(`PostgreSQL does not answer: see ${logFile}.`, { cause })
      await sleep(50)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}
