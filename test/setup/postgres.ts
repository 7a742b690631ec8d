import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { createDatabase as create, hallpassUsers } from '../../src/sandbox/databases.ts'
import { taken } from './offer.ts'

export type TestDatabase = {
  /** The role that `migrate` runs as. */
  readonly ownerUrl: string
  /** The programs' role. */
  readonly programUrl: string
  /** The role of `hallpass verify`. */
  readonly checkUrl: string
  readonly superuserUrl: string
  readonly drop: () => Promise<void>
}

/**
 * A database of its own for one test file, on the real server of this run: a copy of the migrated one, or an
 * empty one for tests of `migrate` itself.
 */
export async function createDatabase(holds: 'migrated' | 'nothing' = 'migrated'): Promise<TestDatabase> {
  const server = taken(inject('postgres'))
  const name = `test_${randomBytes(6).toString('hex')}`
  const template = holds === 'migrated' ? { template: 'hallpass' } : {}
  await asSuperuser(server.superuserUrl, (client) =>
    create(client, { name, owner: 'hallpass_owner', users: hallpassUsers, ...template }),
  )
  return {
    ownerUrl: inDatabase(server.ownerUrl, name),
    programUrl: inDatabase(server.programUrl, name),
    checkUrl: inDatabase(server.checkUrl, name),
    superuserUrl: inDatabase(server.superuserUrl, name),
    drop: () =>
      asSuperuser(server.superuserUrl, (client) => client.query(`drop database ${name} with (force)`)),
  }
}

async function asSuperuser(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function inDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
