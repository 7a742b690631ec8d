import { Client } from 'pg'

/** Runs one statement as whoever the URL names, optionally in another role. Rejects with the driver's error. */
export async function as(url: string, statement: string, role?: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    if (role !== undefined) await client.query(`set role ${role}`)
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

/** Makes a role as an administrator would. */
export async function createRole(superuserUrl: string, name: string): Promise<void> {
  await as(
    superuserUrl,
    `do $$ begin create role ${name} nologin;
     exception when duplicate_object or unique_violation then null; end $$`,
  )
}
