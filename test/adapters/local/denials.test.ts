import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createChecks } from '../../../src/adapters/local/checks.ts'
import { readCodeKey } from '../../../src/adapters/local/code-keys.ts'
import { newSecretKey } from '../../../src/adapters/local/secret-key.ts'
import { createDenials } from '../../../src/adapters/local/denials.ts'
import { createLocalIssuer } from '../../../src/adapters/local/issuer.ts'
import { createLocalReader } from '../../../src/adapters/local/reader.ts'
import { isApplication } from '../../../src/core/local/target.ts'
import type { PersonId } from '../../../src/core/ids.ts'
import { answerOf, createPlace, type Place } from './place.ts'

let place: Place

beforeAll(async () => {
  place = await createPlace()
})

afterAll(() => place.close())

let people = 0
/** Somebody whom no other test denies, with a code. */
async function somebody(form: 'code' | 'let-in' = 'code') {
  people += 1
  const [subject, userName]: [PersonId, string] = [`entra:person-${people}`, `person-${people}`]
  const { code, id, lease } = await place.issue(userName, form, 60, subject)
  const [{ denials }, caseId] = [place, randomUUID()]
  return {
    subject,
    userName,
    code,
    id,
    lease,
    caseId,
    deny: () => denials.deny(subject, caseId),
    allow: () => denials.allow(subject, caseId),
    asks: (typed = code) => place.answer(userName, typed),
  }
}

const rowsOf = async (table: string, subject: PersonId) =>
  (
    await place.pool.query(
      `select from ${table} ${table === 'local_denial' ? '' : 'join local_denial on id = denial_id'} where subject = $1`,
      [subject],
    )
  ).rowCount

describe('a denied person', () => {
  it('is let in by neither a code nor a let-in, whatever they type, and again once it is given back', async () => {
    const [coded, open] = [await somebody(), await somebody('let-in')]
    await Promise.all([coded.deny(), open.deny()])
    expect(await Promise.all([coded.asks(), open.asks('')])).toEqual(['denied', 'denied'])
    await Promise.all([coded.allow(), open.allow()])
    expect(await Promise.all([coded.asks(), open.asks('')])).toEqual(['let in', 'let in'])
  })

  it('is let in by nothing that is issued meanwhile, for any name and application', async () => {
    const { subject, deny } = await somebody()
    await deny()
    await place.issue('person-later', 'let-in', 60, subject)
    expect(await place.answer('person-later', '')).toBe('denied')
  })

  it('is not harmed by what is guessed meanwhile', async () => {
    const { deny, allow, asks } = await somebody()
    await deny()
    for (let tries = 0; tries < 6; tries += 1) expect(await asks(`wrong ${tries}`)).toBe('denied')
    await allow()
    expect(await asks()).toBe('let in')
  })

  it('keeps what was issued, as far as the reader knows, until it is over as it would have been', async () => {
    const { subject, id, deny } = await somebody()
    await deny()
    const reader = createLocalReader(place.pool, place.keys, isApplication)
    expect(await reader.credential(subject, id)).toMatchObject({ state: 'usable' })
  })

  it('gets no more time', async () => {
    const { subject, id, lease, deny } = await somebody()
    await deny()
    const longer = await place.issuer.extend(subject, id, lease.expiresAt + 1_000)
    expect(longer).toEqual({ ok: false, reason: 'over' })
  })

  it('is one person: nobody else is denied', async () => {
    const [one, other] = [await somebody(), await somebody()]
    await one.deny()
    expect(await other.asks()).toBe('let in')
  })

  it('stands in the chain of the client as denied', async () => {
    const { userName, subject, code, deny } = await somebody()
    await deny()
    expect(await answerOf(place.checks, { client: 'chained', userName, typed: code })).toBe('denied')
    const { rows } = await place.pool.query<{ fact: unknown }>(
      `select (convert_from(substr(bytes, 2), 'UTF8')::jsonb) -> 'fact' as fact from fact where chain = 'check/chained'`,
    )
    expect(rows).toMatchObject([{ fact: { type: 'not-let-in', because: 'denied', subject } }])
  })
})

describe('a denial', () => {
  it('is one for a case, which gives back only its own, and denies nothing again', async () => {
    const { subject, deny, allow, asks } = await somebody()
    const other = randomUUID()
    await Promise.all([deny(), deny(), deny(), place.denials.deny(subject, other)])
    expect(await rowsOf('local_denial', subject)).toBe(2)
    await Promise.all([allow(), allow()])
    expect(await asks()).toBe('denied')
    await place.denials.allow(subject, other)
    expect(await rowsOf('local_denial_end', subject)).toBe(2)
    // The late attempt of an activity.
    await deny()
    expect(await asks()).toBe('let in')
  })

  it('is given back by nothing where nothing was denied', async () => {
    const { subject, allow, deny, asks } = await somebody()
    await allow()
    await deny()
    expect([await rowsOf('local_denial_end', subject), await asks()]).toEqual([0, 'denied'])
  })

  it('holds in the same instant as fifty checks: who asks after it is not let in, and nobody is afterwards', async () => {
    const { subject, deny } = await somebody()
    const names = Array.from({ length: 100 }, (_, index) => `racer-${index}`)
    const issued = await Promise.all(names.map((name) => place.issue(name, 'code', 60, subject)))
    const programs = [place.checks, createChecks(place.pool, place.keys)]
    const ask = (index: number) =>
      answerOf(programs[index % 2] ?? place.checks, {
        client: `racing-${index % 3}`,
        userName: names[index] ?? '',
        typed: issued[index]?.code ?? '',
      })
    const early = Array.from({ length: 50 }, (_, index) => ask(index))
    const denied = deny().then(async () => {
      const { rows } = await place.pool.query<{ now: Date }>('select clock_timestamp() as now')
      return {
        now: rows[0]?.now,
        late: await Promise.all(names.slice(50).map((_, index) => ask(50 + index))),
      }
    })
    const answers = await Promise.all(early)
    const { now, late } = await denied
    expect(new Set(late)).toEqual(new Set(['denied']))
    expect(answers.filter((one) => !['let in', 'denied'].includes(one))).toEqual([])
    const { rows } = await place.pool.query(
      `select count(*)::int as uses, count(*) filter (where used_at > $2)::int as late
       from local_use join local_credential on id = credential_id where subject = $1`,
      [subject, now],
    )
    expect(rows).toEqual([{ uses: answers.filter((one) => one === 'let in').length, late: 0 }])
  })

  it('waits for the check that is under way, whose use can be seen afterwards', async () => {
    const { id, deny, asks } = await somebody()
    const other = await place.pool.connect()
    await other.query('begin')
    await other.query('insert into local_use (credential_id, client) values ($1, $2)', [id, 'elsewhere'])
    const order: string[] = []
    const asked = asks().then((answer) => order.push(answer))
    await sleep(200)
    const denied = deny().then(() => order.push('denied'))
    await sleep(200)
    expect(order).toEqual([])
    await other.query('rollback')
    other.release()
    await Promise.all([asked, denied])
    expect(order).toEqual(['let in', 'denied'])
  })
})

it('who was denied is denied again under another key, until the case gives it back anew', async () => {
  const { subject, caseId, deny, allow } = await somebody()
  await deny()
  await allow()
  const keys = readCodeKey(newSecretKey())
  const order = { exceptionId: randomUUID(), subject, application: 'vpn', userName: 'anew', lifetime: 60 }
  await createLocalIssuer(place.pool, keys).issue({ ...order, form: 'let-in' })
  const asks = () => answerOf(createChecks(place.pool, keys), { userName: 'anew' })
  expect(await asks()).toBe('denied')
  await createDenials(place.pool, keys).allow(subject, caseId)
  expect(await asks()).toBe('let in')
})

describe('whoever can write into the database', () => {
  it.each([
    ['made up', `select id, decode(repeat('00', 32), 'hex') from local_denial where subject = $1`],
    ['without a MAC', `select id, ''::bytea from local_denial where subject = $1`],
    ['with the MAC of the denial', `select id, mac from local_denial where subject = $1`],
    [
      'copied from another person',
      `select d.id, e.mac from local_denial d, local_denial_end e where d.subject = $1`,
    ],
  ])('gives nobody back what was denied, by an end that is %s', async (_, end) => {
    const other = await somebody()
    await other.deny()
    await other.allow()
    const { subject, deny, allow, asks } = await somebody()
    await deny()
    await place.pool.query(`insert into local_denial_end (denial_id, mac) ${end}`, [subject])
    expect(await asks()).toBe('denied')
    await allow()
    expect(await asks()).toBe('let in')
  })

  it('denies by a row of their own, and the case that they name gives it back', async () => {
    const { subject, caseId, deny, allow, asks } = await somebody()
    await place.pool.query(
      `insert into local_denial (id, case_id, subject, mac) values (gen_random_uuid(), $1, $2, 'x')`,
      [caseId, subject],
    )
    expect(await asks()).toBe('denied')
    await deny()
    await allow()
    expect(await asks()).toBe('let in')
  })

  it('can not take an end from one case to another of the same person', async () => {
    const { subject, deny, allow, asks } = await somebody()
    await deny()
    await allow()
    await place.denials.deny(subject, randomUUID())
    await place.pool.query(
      `insert into local_denial_end (denial_id, mac)
       select d.id, e.mac from local_denial d, local_denial_end e join local_denial o on o.id = e.denial_id
       where d.subject = $1 and o.subject = $1 on conflict do nothing`,
      [subject],
    )
    expect(await asks()).toBe('denied')
  })
})
