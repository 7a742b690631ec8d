import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Pool } from 'pg'
import type { Installation } from '../../core/names.ts'
import { query, type Session } from './query.ts'
import { kindRow, nameRow, rightsRow, setUpRow, typed } from './rows.schema.ts'

/** A database that must not be used as it is; the message says what to do. */
export class UnfitDatabase extends Error {
  override readonly name = 'UnfitDatabase'
}

/** Where the migrations lie; as deep above `dist/` as above `src/`. */
export const migrationsFolder: string = fileURLToPath(new URL('../../../migrations', import.meta.url))

/** The table in which the migrations that ran are noted. */
export const migrationsTable = 'migration'

/**
 * Refuses, with an UnfitDatabase, a database of the other installation, one that is older or newer than this
 * program, and a role that could change facts. For the programs, at start-up.
 */
export async function assertInstallation(pool: Pool, installation: Installation): Promise<void> {
  const { ran, kind } = await readInstallation(pool)
  if (kind === undefined)
    throw new UnfitDatabase('This database is not set up: run `hallpass migrate` first.')
  refuseOther(kind, installation)
  const known = await knownMigrations()
  refuseNewer(ran, known)
  if (known.some((name) => !ran.includes(name))) {
    throw new UnfitDatabase('This database is older than this program: run `hallpass migrate` first.')
  }
  await refuseRights(pool)
}

/** Refuses to migrate a database of the other installation, or one that a newer program has migrated. */
export async function assertMigratable(session: Session, installation: Installation): Promise<void> {
  const { ran, kind } = await readInstallation(session)
  if (kind !== undefined) refuseOther(kind, installation)
  refuseNewer(ran, await knownMigrations())
}

function refuseOther(kind: Installation, installation: Installation): void {
  if (kind === installation) return
  throw new UnfitDatabase(
    `This database belongs to a ${kind} installation and this program runs as ${installation}: ` +
      'use another database.',
  )
}

function refuseNewer(ran: readonly string[], known: readonly string[]): void {
  const unknown = ran.filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  throw new UnfitDatabase(
    `This database is newer than this program, which does not know ${unknown.join(', ')}: update the program.`,
  )
}

async function refuseRights(session: Session): Promise<void> {
  const [row] = await query(
    session,
    `select has_table_privilege('fact', 'update, delete, truncate')
       or has_table_privilege('detail', 'update, delete, truncate') as too_many`,
  )
  if (!typed(rightsRow, row).too_many) return
  throw new UnfitDatabase(
    'DATABASE_URL connects as a role that may change facts: use the role that `hallpass migrate` grants rights to.',
  )
}

async function readInstallation(session: Session): Promise<{
  readonly ran: readonly string[]
  readonly kind: Installation | undefined
}> {
  const [row] = await query(
    session,
    `select to_regclass($1) is not null as migrations, to_regclass('public.installation') is not null as mark`,
    [`public.${migrationsTable}`],
  )
  const { migrations, mark } = typed(setUpRow, row)
  const names = migrations ? await query(session, `select name from ${migrationsTable} order by id`) : []
  const [kind] = mark ? await query(session, 'select kind from installation') : []
  return {
    ran: names.map((name) => typed(nameRow, name).name),
    kind: kind === undefined ? undefined : typed(kindRow, kind).kind,
  }
}

async function knownMigrations(): Promise<readonly string[]> {
  const files = await readdir(migrationsFolder)
  return files.filter((file) => file.endsWith('.sql')).map((file) => file.slice(0, -'.sql'.length))
}
