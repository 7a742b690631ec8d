import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createChecks } from '../../../src/adapters/local/checks.ts'
import { createPool } from '../../../src/adapters/postgres/pool.ts'
import { answerOf, createPlace, questionOf, type Place } from './place.ts'

let place: Place

beforeAll(async () => {
  place = await createPlace()
})

afterAll(() => place.close())

const factsOf = async (client: string) =>
  (
    await place.pool.query<{ fact: { type: string; because?: string } }>(
      `select (convert_from(substr(bytes, 2), 'UTF8')::jsonb) -> 'fact' as fact from fact where chain = $1 order by seq`,
      [`check/${client}`],
    )
  ).rows.map(({ fact }) => fact.because ?? fact.type)

const isWhole = async (client: string) => {
  const { rows } = await place.pool.query<{ facts: number; last: number; whole: boolean }>(
    `select count(*)::int as facts, max(seq) as last, bool_and(hash = sha256(previous || bytes)) as whole from (
       select seq, hash, bytes, coalesce(lag(hash) over (order by seq), decode(repeat('00', 32), 'hex')) as previous
       from fact where chain = $1) as link`,
    [`check/${client}`],
  )
  return rows[0]
}

const usesOf = async (id: string) =>
  (await place.pool.query('select from local_use where credential_id = $1', [id])).rowCount

/** The check as several programs run it: one after the other of them is asked. */
function programs(client: string, count: number) {
  const all = Array.from({ length: count }, () => createChecks(place.pool, place.keys))
  let turn = 0
  return (userName: string, typed: string): Promise<string> => {
    turn += 1
    return answerOf(all[turn % count] ?? place.checks, { client, userName, typed })
  }
}

it('two programs that answer at once keep one whole chain, with a fact for each answer', async () => {
  const ask = programs('two', 2)
  await Promise.all(Array.from({ length: 250 }, (_, index) => ask(`somebody ${index}`, 'x')))
  expect(await isWhole('two')).toEqual({ facts: 250, last: 250, whole: true })
})

it('lets exactly one of fifty in who ask several programs and clients at the same instant', async () => {
  const { id, code } = await place.issue('crowd')
  const [askHere, askThere] = [programs('crowd-1', 2), programs('crowd-2', 2)]
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? askHere : askThere)('crowd', code)),
  )
  expect(answers.filter((one) => one === 'let in')).toHaveLength(1)
  expect(answers.filter((one) => one === 'used')).toHaveLength(49)
  expect(await usesOf(id)).toBe(1)
  const facts = [...(await factsOf('crowd-1')), ...(await factsOf('crowd-2'))]
  expect(facts.filter((fact) => fact === 'let-in')).toHaveLength(1)
})

it('counts wrong tries that come at once, at several programs, exactly', async () => {
  const ask = programs('guessing', 3)
  const { code } = await place.issue('guessed-at')
  const at = (index: number) => ask('guessed-at', `wrong ${index}`)
  await Promise.all([0, 1, 2, 3].map(at))
  const { rows } = await place.pool.query(
    `select count(*)::int as tries from local_try where user_name = 'guessed-at' and counts`,
  )
  expect(rows).toEqual([{ tries: 4 }])
  expect(await Promise.all([at(4), at(5)])).toEqual(['wrong', 'wrong'])
  expect(await place.answer('guessed-at', code)).toBe('voided')
})

it('counts what was typed wrong before, also when everything is asked at once', async () => {
  const { code } = await place.issue('hurried')
  const ask = (typed: string) => answerOf(place.checks, { client: 'hurrying', userName: 'hurried', typed })
  const wrong = ['1', '2', '3', '4', '5']
  const other = answerOf(place.checks, { client: 'hurrying', userName: 'somebody', typed: 'x' })
  const answers = await Promise.all([...wrong, code].map(ask))
  expect([await other, ...answers]).toEqual(['unknown', ...wrong.map(() => 'wrong'), 'voided'])
})

it('answers people in one transaction, and each as if they had asked alone', async () => {
  const [one, other] = [await place.issue('batch-1'), await place.issue('batch-2')]
  const expired = await place.issue('batch-3', 'code', -1)
  const letIn = await place.issue('batch-4', 'let-in')
  const counted = countedPool(place.pool)
  const checks = createChecks(counted.pool, place.keys)
  const ask = (userName: string, typed: string) => answerOf(checks, { client: 'batch', userName, typed })
  // The first one goes alone; what comes meanwhile goes together.
  const answers = await Promise.all([
    ask('somebody', 'x'),
    ask('batch-1', one.code),
    ask('batch-2', one.code),
    ask('batch-3', expired.code),
    ask('batch-4', ''),
    ask('nobody', other.code),
  ])
  expect(answers).toEqual(['unknown', 'let in', 'wrong', 'expired', 'let in', 'unknown'])
  expect(counted.connections()).toBe(2)
  expect(await Promise.all([one, other, letIn].map(({ id }) => usesOf(id)))).toEqual([1, 0, 1])
  expect(await factsOf('batch')).toEqual(['unknown', 'let-in', 'wrong', 'expired', 'let-in', 'unknown'])
})

it('does not look at a question that is one too many, counts no try for it, and writes it down', async () => {
  const { id, code } = await place.issue('pressed')
  const asked = { client: 'pressing', userName: 'pressed', typed: code, isTooMany: true }
  const answers = await Promise.all([answerOf(place.checks, asked), answerOf(place.checks, asked)])
  expect(answers).toEqual(['too-many', 'too-many'])
  expect(await factsOf('pressing')).toEqual(['too-many', 'too-many'])
  const { rowCount } = await place.pool.query(`select from local_try where user_name = 'pressed'`)
  expect([rowCount, await usesOf(id)]).toEqual([0, 0])
})

it('a question that the database refuses does not spoil the others of its batch', async () => {
  const { code } = await place.issue('neighbour')
  const ask = (userName: string, typed: string) =>
    answerOf(place.checks, { client: 'spoiling', userName, typed })
  const first = ask('first', 'x')
  const [spoilt, neighbour, stranger] = await Promise.allSettled([
    ask('nul\u0000byte', code),
    ask('neighbour', code),
    ask('stranger', code),
  ])
  expect(await first).toBe('unknown')
  expect(spoilt).toMatchObject({ status: 'rejected', reason: { message: 'postgres: refused (22021)' } })
  expect([neighbour, stranger]).toMatchObject([{ value: 'let in' }, { value: 'unknown' }])
  expect(await factsOf('spoiling')).toEqual(['unknown', 'let-in', 'unknown'])
})

it('no use without its fact: what can not be written down lets nobody in and uses nothing up', async () => {
  const { id, code } = await place.issue('unwritten')
  const owner = (statement: string) => place.asOwner(statement)
  await owner(`alter table fact add constraint unwritable check (chain <> 'check/unwritable') not valid`)
  const asked = { client: 'unwritable', userName: 'unwritten', typed: code }
  await expect(answerOf(place.checks, asked)).rejects.toThrow('postgres: refused (23514)')
  expect(await usesOf(id)).toBe(0)
  await owner('alter table fact drop constraint unwritable')
  expect(await answerOf(place.checks, asked)).toBe('let in')
})

it('no fact without its use: a use that somebody else wrote in between lets nobody in', async () => {
  const { id, code } = await place.issue('overtaken')
  const other = await place.pool.connect()
  await other.query('begin')
  await other.query('insert into local_use (credential_id, client) values ($1, $2)', [id, 'elsewhere'])
  const asked = Promise.allSettled([
    answerOf(place.checks, { client: 'overtaken', userName: 'overtaken', typed: code }),
  ])
  await new Promise((resolve) => setTimeout(resolve, 200))
  await other.query('commit')
  other.release()
  expect(await asked).toMatchObject([{ reason: { message: 'postgres: conflict (23505)' } }])
  expect(await factsOf('overtaken')).toEqual([])
})

it('tells everybody who waits when the database does not answer, and answers again when it does', async () => {
  const away = createPool('postgres://nobody@127.0.0.1:1/nothing', { pipeline: true })
  let current = away
  const moving = countedPool({ connect: () => current.connect() } as unknown as Pool)
  const checks = createChecks(moving.pool, place.keys)
  const ask = () => checks.check(questionOf({ client: 'moving' }))
  const answers = await Promise.allSettled([ask(), ask(), ask()])
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(moving.connections()).toBe(1)
  current = place.pool
  expect(await ask()).toMatchObject({ because: 'unknown' })
  await away.end()
})

/** The pool, which counts how often a connection is taken. */
function countedPool(real: Pool): { readonly pool: Pool; readonly connections: () => number } {
  let count = 0
  const connect = () => {
    count += 1
    return real.connect()
  }
  return { pool: { connect } as unknown as Pool, connections: () => count }
}
