import { Pool } from 'pg'

const connectWithin = 2_000
const statementWithin = 5_000
// For a server that does not answer at all: longer than the server's own limit, which gives the better error.
const answerWithin = 6_000

/**
 * Connections for the programs' role, with limits on connecting (2 s) and on each statement (5 s). With `pipeline` several
 * statements of one connection may be on their way at once; the server still runs them one after the other.
 */
export function createPool(url: string, { pipeline = false } = {}): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: 'hallpass',
    keepAlive: true,
    connectionTimeoutMillis: connectWithin,
    statement_timeout: statementWithin,
    query_timeout: answerWithin,
    pipeline,
    idle_in_transaction_session_timeout: statementWithin,
  })
  // An idle connection that breaks is replaced by the next query, which reports what is wrong if it can't be.
  pool.on('error', () => undefined)
  return pool
}
