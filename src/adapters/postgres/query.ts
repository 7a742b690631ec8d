import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import { postgresFault } from './fault.ts'

/** What SQL runs on: the pool, or one connection inside a transaction. */
export type Session = {
  query(statement: Statement): Promise<{ readonly rows: readonly unknown[] }>
}

/** With a name each connection parses and plans it once. */
type Statement = { readonly text: string; readonly values: unknown[]; readonly name?: string }

/** Runs one statement and gives its rows, not yet typed. Rejects with a Fault that holds no value of the statement. */
export async function query(
  session: Session,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly unknown[]> {
  return run(session, { text, values: [...values] })
}

/** The same for a statement that runs often. */
export async function prepared(
  session: Session,
  text: string,
  values: readonly unknown[],
): Promise<readonly unknown[]> {
  return run(session, { name: createHash('md5').update(text).digest('hex'), text, values: [...values] })
}

async function run(session: Session, statement: Statement): Promise<readonly unknown[]> {
  try {
    return (await session.query(statement)).rows
  } catch (error) {
    throw postgresFault(error)
  }
}

/** Does the work in one transaction. When it rejects nothing is written and the connection is not used again. */
export async function transaction<Outcome>(
  pool: Pool,
  work: (session: Session) => Promise<Outcome>,
): Promise<Outcome> {
  const client = await pool.connect().catch((error: unknown) => {
    throw postgresFault(error)
  })
  // A connection that breaks between two statements says so here, and again at the next statement.
  client.on('error', ignore)
  try {
    // What a lock waited for has to be seen behind it, whatever the database's own default is.
    await query(client, 'begin isolation level read committed')
    const outcome = await work(client)
    await query(client, 'commit')
    client.off('error', ignore)
    client.release()
    return outcome
  } catch (error) {
    // Closing the connection rolls back, also when the connection itself is what failed.
    client.release(true)
    throw error
  }
}

function ignore(): void {}
