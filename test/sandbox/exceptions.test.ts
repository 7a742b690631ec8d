import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLedger } from '../../src/adapters/postgres/ledger.ts'
import { createPool } from '../../src/adapters/postgres/pool.ts'
import { createRevocations } from '../../src/adapters/postgres/revocations.ts'
import { sha256 } from '../../src/adapters/signing/keys.ts'
import type { Envelope } from '../../src/core/envelope/statement.ts'
import { watchExceptions, type Watching } from '../../src/sandbox/exceptions.ts'
import { actor, chained, story } from '../adapters/postgres/story.ts'
import { eventually } from '../setup/installation.ts'
import { createDatabase, type TestDatabase } from '../setup/postgres.ts'

let database: TestDatabase
let pool: Pool
let watching: Watching

beforeAll(async () => {
  database = await createDatabase()
  pool = createPool(database.programUrl)
  watching = watchExceptions({
    databaseUrl: database.programUrl,
    address: '127.0.0.1:1',
    uiUrl: 'http://127.0.0.1:1',
    namespace: 'n',
    onChange: () => undefined,
  })
})
afterAll(async () => {
  await watching.stop()
  await pool.end()
  await database.drop()
})

const lastLines = () => watching.current().map((card) => card.facts.at(-1)?.says)

it('the timeline of an exception ends with what was said when its workflow was over', async () => {
  const [{ id, chain, facts }, other] = [story(), story()]
  const ledger = createLedger(pool)
  await ledger.append(chain, chained(facts))
  await ledger.append(other.chain, chained(other.facts))
  const by = actor('subject', id)
  const at = facts[0]?.at ?? 0
  const statement = {
    v: 1,
    exceptionId: id,
    requestHash: 'r',
    actor: by,
    at,
    kind: 'not-me',
    body: {},
  } as const
  const envelope: Envelope = { statement, keyId: 'k', signature: 'signature' }
  await createRevocations(pool).write(envelope, id)
  const found = { wasUsed: true, sessionsRevoked: true, methodsAdded: [] }
  const word = { at, exceptionId: id, by, said: 'not-me', saidAt: at } as const
  const fact = { type: 'revoked-directly', ...word, ...found, details: { name: 'Sol Ortiz' } } as const
  await ledger.append(`revocation/${sha256('signature')}`, chained([fact]))

  await eventually(() =>
    expect(new Set(lastLines())).toEqual(
      new Set([
        'Over: used.',
        'Sol Ortiz pressed Not me, outside the workflow. Checked: nothing of it is alive; it had been used, the person was signed out everywhere.',
      ]),
    ),
  )
})
