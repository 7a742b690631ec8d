import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import type { Postgres } from './postgres.ts'

export type Databases = {
  /** For `hallpass migrate` alone. */
  readonly ownerUrl: string
  /** The programs' role, which may do what `migrate` allows it. */
  readonly programUrl: string
  /** The role of `hallpass verify`, likewise. */
  readonly checkUrl: string
  /** Where Slack and Entra keep their state: the product's roles can't connect to it. */
  readonly standInsUrl: string
}

/** The roles that Hallpass's programs connect as. */
export const hallpassUsers = ['hallpass_app', 'hallpass_verify'] as const

/** Creates the two databases with their roles where they are missing, and gives every role a new password. */
export async function prepareDatabases(postgres: Postgres): Promise<Databases> {
  const client = new Client({ connectionString: postgres.superuserUrl })
  await client.connect()
  try {
    const owner = await role(client, 'hallpass_owner')
    const program = await role(client, 'hallpass_app')
    const check = await role(client, 'hallpass_verify')
    const standIns = await role(client, 'stand_ins')
    await createUnlessThere(client, { name: 'hallpass', owner: 'hallpass_owner', users: hallpassUsers })
    await createUnlessThere(client, { name: 'stand_ins', owner: 'stand_ins', users: [] })
    return {
      ownerUrl: postgres.url('hallpass', 'hallpass_owner', owner),
      programUrl: postgres.url('hallpass', 'hallpass_app', program),
      checkUrl: postgres.url('hallpass', 'hallpass_verify', check),
      standInsUrl: postgres.url('stand_ins', 'stand_ins', standIns),
    }
  } finally {
    await client.end()
  }
}

export type NewDatabase = {
  readonly name: string
  readonly owner: string
  /** The other roles that may connect. */
  readonly users: readonly string[]
  /** Another database to copy, tables and rights included. */
  readonly template?: string
}

/** Creates a database that only its owner and its users can connect to. */
export async function createDatabase(
  client: Client,
  { name, owner, users, template }: NewDatabase,
): Promise<void> {
  const [database, ownedBy, copied] = [name, owner, template ?? 'template1'].map((word) =>
    client.escapeIdentifier(word),
  )
  await client.query(`create database ${database} owner ${ownedBy} template ${copied}`)
  await client.query(`revoke all on database ${database} from public`)
  await letConnect(client, name, users)
}

async function letConnect(client: Client, name: string, users: readonly string[]): Promise<void> {
  const database = client.escapeIdentifier(name)
  for (const user of users)
    await client.query(`grant connect on database ${database} to ${client.escapeIdentifier(user)}`)
}

async function role(client: Client, name: string): Promise<string> {
  const password = randomBytes(24).toString('hex')
  const there = await client.query('select 1 from pg_roles where rolname = $1', [name])
  const verb = there.rowCount === 0 ? 'create' : 'alter'
  await client.query(
    `${verb} role ${client.escapeIdentifier(name)} login password ${client.escapeLiteral(password)}`,
  )
  return password
}

async function createUnlessThere(client: Client, database: NewDatabase): Promise<void> {
  const there = await client.query('select 1 from pg_database where datname = $1', [database.name])
  if (there.rowCount === 0) await createDatabase(client, database)
  else await letConnect(client, database.name, database.users)
}
