import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFactViews } from '../../../src/adapters/postgres/facts.ts'
import { createLedger } from '../../../src/adapters/postgres/ledger.ts'
import { createPool } from '../../../src/adapters/postgres/pool.ts'
import { createRevocations } from '../../../src/adapters/postgres/revocations.ts'
import { sha256 } from '../../../src/adapters/signing/keys.ts'
import { revokedDirectly } from '../../../src/core/revocation/fact.ts'
import { revocationText } from '../../../src/core/revocation/text.ts'
import { createViews } from '../../../src/adapters/postgres/views.ts'
import type { Fact } from '../../../src/core/exception/fact.ts'
import { createDatabase, type TestDatabase } from '../../setup/postgres.ts'
import { as } from './as.ts'
import { chained, noon, story, type Story } from './story.ts'

let database: TestDatabase
let pool: Pool
const { id, chain, facts, followUpChain, followUp } = story()

beforeAll(async () => {
  database = await createDatabase()
  pool = createPool(database.programUrl)
  const ledger = createLedger(pool)
  await ledger.append(chain, chained(facts))
  await ledger.append(followUpChain, chained(followUp))
})

afterAll(async () => {
  await pool.end()
  await database.drop()
})

it('the facts tell what the projection tells, also after a program’s role wrote over the row', async () => {
  const told = await createViews(pool).byId(id)
  expect(await createFactViews(pool).byId(id)).toEqual(told)
  await as(
    database.programUrl,
    `update exception_view set state = jsonb_set(state, '{request,subject}', '"entra:somebody-else"')`,
  )
  expect(await createViews(pool).byId(id)).not.toEqual(told)
  expect(await createFactViews(pool).byId(id)).toEqual(told)
})

it('an exception without facts is not there', async () => {
  expect(await createFactViews(pool).byId(randomUUID())).toBeUndefined()
  expect(await createFactViews(pool).byId('none')).toBeUndefined()
})

it('the facts know what belongs together, also where a row was written over', async () => {
  const [first, second, other] = [story(), story(), story()]
  const replaced: readonly Fact[] = [
    ...first.facts.slice(0, 5),
    { type: 'replaced', at: noon, by: second.id },
    { type: 'ended', at: noon, outcome: 'replaced' },
  ]
  const longer = second.facts.map((fact) =>
    fact.type === 'requested' ? { ...fact, subject: first.subject, extends: first.id } : fact,
  )
  const ledger = createLedger(pool)
  await ledger.append(first.chain, chained(replaced))
  await ledger.append(second.chain, chained(longer))
  await ledger.append(other.chain, chained(other.facts))
  const views = createFactViews(pool)
  const idsOf = async (one: Story) =>
    (await views.family(one.id)).map(({ exceptionId }) => exceptionId).toSorted()
  const together = [first.id, second.id].toSorted()
  expect(await idsOf(first)).toEqual(together)
  expect(await idsOf(second)).toEqual(together)
  expect(await idsOf(other)).toEqual([other.id])
  await as(database.programUrl, `update exception_view set state = state #- '{request,extends}'`)
  expect(await idsOf(first)).toEqual(together)
})

it('what became of a word stands with what it ended, and nowhere else', async () => {
  const [named, also] = [story(), story()]
  const statement = {
    v: 1,
    exceptionId: named.id,
    requestHash: 'b'.repeat(64),
    actor: { person: named.subject, team: 'T1', user: 'USUBJECT' },
    at: noon,
    kind: 'not-me',
    body: {},
  } as const
  const envelope = { statement, keyId: 'key-1', signature: 'signed' }
  const ledger = createLedger(pool)
  const revocations = createRevocations(pool)
  for (const one of [named, also]) {
    await ledger.append(one.chain, chained(one.facts))
    await revocations.write(envelope, one.id)
    const end = { wasUsed: false, sessionsRevoked: false, methodsAdded: [] }
    const fact = revokedDirectly(statement, one.id, standing, end, noon)
    await ledger.append(`revocation/${sha256(revocationText(envelope, one.id))}`, chained([fact]))
  }
  const views = createFactViews(pool)
  for (const one of [named, also]) {
    const view = await views.byId(one.id)
    expect(view?.revocations).toMatchObject([{ type: 'revoked-directly', exceptionId: one.id }])
  }
})

const standing = {
  name: 'Sol Ortiz',
  active: true,
  isSubject: true,
  isRequester: false,
  mayApprove: false,
  isSecurity: false,
  hasApproved: false,
}
