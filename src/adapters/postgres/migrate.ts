import { runner } from 'node-pg-migrate'
import { Client } from 'pg'
import { postgresFault } from './fault.ts'
import type { Installation } from '../../core/names.ts'
import { assertMigratable, migrationsFolder, migrationsTable, UnfitDatabase } from './installation.ts'
import { query } from './query.ts'
import { assertAppRole, grantRights } from './rights.ts'

/** Less than what the programs give a statement; milliseconds. */
const lockWithin = 4_000
const held =
  'Something else holds a table, such as a dump: run `hallpass migrate` again when it is over, or end what pg_stat_activity shows.'

/** `ownerUrl` connects as the role that owns the tables, `appRole` is the one that the programs connect as. */
export type MigrateOptions = {
  readonly ownerUrl: string
  readonly installation: Installation
  readonly appRole?: string
  readonly log?: (line: string) => void
}

/**
 * Brings a database to this program's form, marks whose it is and grants the programs' role its rights; again and
 * at the same time as often as one likes. Rejects with an UnfitDatabase, changing nothing, when it is not ours to change.
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  const client = new Client({ connectionString: options.ownerUrl, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  await client.connect().catch((error: unknown) => {
    throw postgresFault(error)
  })
  try {
    await query(client, `select pg_advisory_lock(hashtextextended('hallpass/migrate', 0))`)
    // Behind a lock that is waited for everybody waits, and any role that may read can keep one.
    await query(client, `set lock_timeout = ${lockWithin}`)
    await migrateAlone(client, options)
  } catch (error) {
    throw postgresFault(error).status === '55P03' ? new UnfitDatabase(held) : error
  } finally {
    await client.end()
  }
}

async function migrateAlone(
  client: Client,
  { installation, appRole = 'hallpass_app', log = () => undefined }: MigrateOptions,
): Promise<void> {
  await assertMigratable(client, installation)
  await assertAppRole(client, appRole)
  const ran = await runner({
    dbClient: client,
    dir: migrationsFolder,
    migrationsTable,
    direction: 'up',
    singleTransaction: true,
    noLock: true,
    log: () => undefined,
  })
  for (const { name } of ran) log(`Ran the migration ${name}.`)
  await query(client, 'begin')
  await query(client, 'insert into installation (kind) values ($1) on conflict do nothing', [installation])
  await grantRights(client, appRole)
  await query(client, 'commit')
  log(`The database is ready: ${installation}, rights granted to ${appRole}.`)
}
