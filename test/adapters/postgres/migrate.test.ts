import type { Pool } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { assertInstallation, UnfitDatabase } from '../../../src/adapters/postgres/installation.ts'
import { migrate } from '../../../src/adapters/postgres/migrate.ts'
import { createPool } from '../../../src/adapters/postgres/pool.ts'
import { createDatabase, type TestDatabase } from '../../setup/postgres.ts'
import { as } from './as.ts'

let database: TestDatabase
let pool: Pool

beforeEach(async () => {
  database = await createDatabase('nothing')
  pool = createPool(database.programUrl)
})

afterEach(async () => {
  await pool.end()
  await database.drop()
})

const tables = async (): Promise<readonly unknown[]> =>
  as(database.superuserUrl, `select table_name from information_schema.tables where table_schema = 'public'`)

async function unfit(promise: Promise<void>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(UnfitDatabase)
  return error instanceof Error ? error.message : ''
}

describe('migrate', () => {
  it('sets up an empty database for the programs, and says what it did', async () => {
    const lines: string[] = []
    await migrate({
      ownerUrl: database.ownerUrl,
      installation: 'production',
      log: (line) => lines.push(line),
    })
    await assertInstallation(pool, 'production')
    expect(lines).toEqual([
      'Ran the migration 001_tables.',
      'Ran the migration 002_local_provider.',
      'Ran the migration 003_local_extension.',
      'Ran the migration 004_ended_by_word.',
      'Ran the migration 005_denied.',
      'Ran the migration 006_cases.',
      'Ran the migration 007_block_turn.',
      'Ran the migration 008_slack_delivery.',
      'Ran the migration 009_counted.',
      'Ran the migration 010_chains_of_their_own.',
      'The database is ready: production, rights granted to hallpass_app.',
    ])
  })

  it('can run again, and at the same time', async () => {
    const once = () => migrate({ ownerUrl: database.ownerUrl, installation: 'production' })
    await Promise.all([once(), once()])
    await once()
    await assertInstallation(pool, 'production')
    expect(await as(database.ownerUrl, 'select kind from installation')).toEqual([{ kind: 'production' }])
  })

  it('gives up, and lets the programs go on, where somebody does not let go of a table', async () => {
    await migrate({ ownerUrl: database.ownerUrl, installation: 'production' })
    await as(database.ownerUrl, 'drop policy hallpass_verify on fact')
    const reader = createPool(database.checkUrl)
    const holding = await reader.connect()
    await holding.query('set idle_in_transaction_session_timeout = 0; begin; select chain from fact')
    const says = await unfit(migrate({ ownerUrl: database.ownerUrl, installation: 'production' }))
    holding.release(true)
    await reader.end()
    expect(says).toContain('again when it is over')
  })

  it('refuses a database with the other mark and leaves it as it was', async () => {
    await migrate({ ownerUrl: database.ownerUrl, installation: 'sandbox' })
    const says = await unfit(migrate({ ownerUrl: database.ownerUrl, installation: 'production' }))
    expect(says).toContain('belongs to a sandbox installation')
    await assertInstallation(pool, 'sandbox')
  })

  it('refuses when the role of the programs is missing, and says how to create it', async () => {
    const options = {
      ownerUrl: database.ownerUrl,
      installation: 'production',
      appRole: 'nobody_here',
    } as const
    expect(await unfit(migrate(options))).toContain('CREATE ROLE "nobody_here" LOGIN')
    expect(await tables()).toEqual([])
  })

  it('refuses the owner and a superuser as the role of the programs', async () => {
    for (const appRole of ['hallpass_owner', 'postgres']) {
      const says = await unfit(migrate({ ownerUrl: database.ownerUrl, installation: 'production', appRole }))
      expect(says).toContain('has the rights of the owner')
    }
    expect(await tables()).toEqual([])
  })

  it('refuses a database that a newer program has migrated', async () => {
    await migrate({ ownerUrl: database.ownerUrl, installation: 'production' })
    await as(database.ownerUrl, `insert into migration (name, run_on) values ('999_later', now())`)
    const again = migrate({ ownerUrl: database.ownerUrl, installation: 'production' })
    expect(await unfit(again)).toContain('does not know 999_later')
    expect(await unfit(assertInstallation(pool, 'production'))).toContain('update the program')
  })

  it('names the code and nothing else when the database can not be reached', async () => {
    const ownerUrl = 'postgresql://hallpass_owner:secret@127.0.0.1:1/hallpass'
    await expect(migrate({ ownerUrl, installation: 'production' })).rejects.toThrow(
      /^postgres: unavailable \(ECONNREFUSED\)$/,
    )
  })
})

describe('a program at its start', () => {
  it('refuses a database that is not set up', async () => {
    expect(await unfit(assertInstallation(pool, 'production'))).toContain('run `hallpass migrate` first')
  })

  it('refuses the database of the other installation, whichever of the two it is', async () => {
    await migrate({ ownerUrl: database.ownerUrl, installation: 'sandbox' })
    expect(await unfit(assertInstallation(pool, 'production'))).toContain('belongs to a sandbox installation')
    await as(database.ownerUrl, `update installation set kind = 'production'`)
    expect(await unfit(assertInstallation(pool, 'sandbox'))).toContain('belongs to a production installation')
  })

  it('refuses a database that lacks a migration', async () => {
    await migrate({ ownerUrl: database.ownerUrl, installation: 'production' })
    await as(database.ownerUrl, 'delete from migration')
    expect(await unfit(assertInstallation(pool, 'production'))).toContain('older than this program')
  })

  it('refuses to run as a role that could change facts', async () => {
    await migrate({ ownerUrl: database.ownerUrl, installation: 'production' })
    const owner = createPool(database.ownerUrl)
    expect(await unfit(assertInstallation(owner, 'production'))).toContain('may change facts')
    await owner.end()
  })
})
