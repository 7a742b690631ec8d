import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLedger } from '../../../src/adapters/postgres/ledger.ts'
import { createPool } from '../../../src/adapters/postgres/pool.ts'
import { createViews } from '../../../src/adapters/postgres/views.ts'
import { displayId } from '../../../src/core/ids.ts'
import type { ExceptionView, Ledger, Views } from '../../../src/core/ports.ts'
import { createDatabase, type TestDatabase } from '../../setup/postgres.ts'
import { actor, chained, noon, requested, story } from './story.ts'

let database: TestDatabase
let pool: Pool
let ledger: Ledger
let views: Views

beforeAll(async () => {
  database = await createDatabase()
  pool = createPool(database.programUrl)
  ledger = createLedger(pool)
  views = createViews(pool)
})

afterAll(async () => {
  await pool.end()
  await database.drop()
})

const ids = (list: readonly ExceptionView[]) => list.map(({ exceptionId }) => exceptionId)

describe('views', () => {
  it('give one exception by its id, and nothing for an id that nobody knows', async () => {
    const { id, chain, facts } = story()
    await ledger.append(chain, chained(facts.slice(0, 1)))
    expect(await views.byId(id)).toMatchObject({
      exceptionId: id,
      displayId: displayId('tap', id),
      state: { status: 'requested', request: { requestedAt: noon, reason: 'Phone fell into the sea' } },
      followUp: undefined,
    })
    expect(await views.byId(randomUUID())).toBeUndefined()
  })

  it('give every exception whose letters begin as typed', async () => {
    const near = [
      story('01234567-89ab-4def-8000-000000000001'),
      story('01234567-0000-4def-8000-000000000002'),
    ]
    for (const { chain, facts } of near) await ledger.append(chain, chained(facts.slice(0, 1)))
    expect(ids(await views.byPrefix('04HM'))).toEqual(expect.arrayContaining(near.map(({ id }) => id)))
    const [whole] = near
    expect(ids(await views.byPrefix('04HMASW9'))).toEqual([whole?.id])
    expect(await views.byPrefix('%')).toEqual([])
  })

  it('find an exception of any kind by the letters of its id', async () => {
    const id = randomUUID()
    const asked = { ...requested(id, 'entra:dana', actor('desk', id), noon), kind: 'bypass' } as const
    await ledger.append(`exception/${id}`, chained([asked]))
    const letters = displayId('bypass', id).replace('BYP-', '').replace('-', '')
    expect(ids(await views.byPrefix(letters))).toEqual([id])
  })

  it('list by subject and by requester, newest first and at most 50', async () => {
    const desk = actor('desk', randomUUID())
    const subject = `entra:${randomUUID()}` as const
    const asked = Array.from({ length: 52 }, (_, index) => ({ id: randomUUID(), at: noon - index * 1000 }))
    for (const { id, at } of asked) {
      await ledger.append(`exception/${id}`, chained([requested(id, subject, desk, at)]))
    }
    const newest = asked.map(({ id }) => id).slice(0, 50)
    expect(ids(await views.aboutSubject(subject))).toEqual(newest)
    expect(ids(await views.ofRequester(desk.person))).toEqual(newest)
    expect(await views.aboutSubject(desk.person)).toEqual([])
  })

  it('call open what has not ended, and what ended with an open follow-up', async () => {
    const [waiting, ended, followed, closed] = [0, 1, 2, 3].map((hour) =>
      story(undefined, noon + (1 + hour) * 3_600_000),
    )
    if (!waiting || !ended || !followed || !closed) throw new Error('four stories')
    await ledger.append(waiting.chain, chained(waiting.facts.slice(0, 2)))
    for (const { chain, facts } of [ended, followed, closed]) await ledger.append(chain, chained(facts))
    await ledger.append(followed.followUpChain, chained(followed.followUp.slice(0, 2)))
    await ledger.append(closed.followUpChain, chained(closed.followUp))
    const open = await views.open()
    expect(ids(open)).toEqual(expect.arrayContaining([waiting.id, followed.id]))
    expect(ids(open)).not.toContain(ended.id)
    expect(ids(open)).not.toContain(closed.id)
    expect(open.find(({ exceptionId }) => exceptionId === followed.id)?.followUp).toEqual({
      status: 'open',
      reminders: 1,
    })
  })
})
