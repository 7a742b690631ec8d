import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLocalReader } from '../../../src/adapters/local/reader.ts'
import { isApplication } from '../../../src/core/local/target.ts'
import { createPlace, type Place } from './place.ts'

let place: Place

beforeAll(async () => {
  place = await createPlace()
})

afterAll(() => place.close())

const extend = (id: string, until: number) => place.issuer.extend('entra:dana', id, until)

const readerKnows = (id: string) =>
  createLocalReader(place.pool, place.keys, isApplication).credential('entra:dana', id)

const rowsOf = async (id: string) =>
  (await place.pool.query('select from local_extension where credential_id = $1', [id])).rowCount

const minutes = 60_000

it('lets somebody in after the old expiry, until the new one and no moment longer', async () => {
  const [used, late] = [await place.issue('longer', 'code', 1), await place.issue('too-late', 'code', 1)]
  const [until, soon] = [used.lease.expiresAt + minutes, late.lease.expiresAt + 1_500]
  await expect(extend(used.id, until)).resolves.toEqual({
    ok: true,
    value: { credentialId: used.id, startsAt: used.lease.startsAt, expiresAt: until },
  })
  await extend(late.id, soon)
  await sleep(late.lease.expiresAt + 100 - Date.now())
  expect(await place.stateOf(late.id)).toBe('usable')
  expect(await place.answer('longer', used.code)).toBe('let in')
  await sleep(soon + 5 - Date.now())
  expect(await place.answer('too-late', late.code)).toBe('expired')
  expect(await place.stateOf(late.id)).toBe('expired')
})

it('is one row, however often it is asked for, and never shortens', async () => {
  const { id, lease } = await place.issue('again')
  const until = lease.expiresAt + minutes
  await Promise.all(Array.from({ length: 5 }, () => extend(id, until)))
  await extend(id, lease.expiresAt - 30_000)
  const shorter = await extend(id, lease.expiresAt + 1)
  expect(shorter).toMatchObject({ ok: true, value: { expiresAt: until } })
  expect(await rowsOf(id)).toBe(1)
  expect(await readerKnows(id)).toMatchObject({ expiresAt: until, state: 'usable' })
  await extend(id, until + minutes)
  expect(await readerKnows(id)).toMatchObject({ expiresAt: until + minutes })
})

it('is refused once somebody got in with it, and once it is over', async () => {
  const used = await place.issue('used')
  await place.answer('used', used.code)
  const expired = await place.issue('expired', 'code', -1)
  const ended = await place.issue('ended')
  await place.issuer.end(ended.id)
  const voided = await place.issue('voided')
  for (let tries = 0; tries < 5; tries += 1) await place.answer('voided', 'wrong')
  const until = Date.now() + minutes
  expect(await extend(used.id, until)).toEqual({ ok: false, reason: 'used' })
  for (const { id } of [expired, ended, voided])
    expect(await extend(id, until)).toEqual({ ok: false, reason: 'over' })
  expect(await place.answer('ended', ended.code)).toBe('ended')
})

it('is refused for another person, for what was never issued and for a row of somebody else', async () => {
  const { id, lease } = await place.issue('foreign')
  const until = lease.expiresAt + minutes
  await place.pool.query(
    `insert into local_credential select 'aaaaaaaa-0000-4000-8000-000000000000', exception_id, subject, application,
       user_name, form, salt, digest, created_at, expires_at, mac from local_credential where id = $1`,
    [id],
  )
  const refused = { ok: false, reason: 'over' }
  expect(await place.issuer.extend('entra:mallory', id, until)).toEqual(refused)
  expect(await extend('aaaaaaaa-0000-4000-8000-000000000000', until)).toEqual(refused)
  expect(await extend('no id at all', until)).toEqual(refused)
})

it.each([
  ['made up', `select $1::uuid, now() + interval '1 hour', now(), decode(repeat('00', 32), 'hex')`],
  [
    'copied from another one',
    `select $1::uuid, expires_at, made_at, mac from local_extension where credential_id <> $1 limit 1`,
  ],
  [
    'copied for a later time',
    `select $1::uuid, expires_at + interval '1 hour', made_at, mac from local_extension where credential_id = $1`,
  ],
])('lets nobody in a second longer, and nobody at all, by a row that was %s', async (_, row) => {
  const { id, code, lease } = await place.issue(`planted ${_}`, 'code', 2)
  await extend((await place.issue('other')).id, Date.now() + 60 * minutes)
  await extend(id, lease.expiresAt + 1)
  const planted = `insert into local_extension (credential_id, expires_at, made_at, mac) ${row}`
  expect((await place.pool.query(planted, [id])).rowCount).toBe(1)
  expect(await place.answer(`planted ${_}`, code)).toBe('forged')
  expect(await extend(id, lease.expiresAt + minutes)).toEqual({ ok: false, reason: 'over' })
  expect(await readerKnows(id)).toBeUndefined()
})

it('does not hide that somebody got in before a row was planted', async () => {
  const { id, code } = await place.issue('hidden')
  await place.answer('hidden', code)
  await place.pool.query(
    `insert into local_extension (credential_id, expires_at, mac) values ($1, now() + interval '1 day', 'x')`,
    [id],
  )
  expect(await place.stateOf(id)).toBe('used')
})

const fifty = Array.from({ length: 50 }, (_, index) => index)

it('happens before or after a check at the same instant: who got in is not extended, and gets in once', async () => {
  const { id, code, lease } = await place.issue('racing')
  const until = lease.expiresAt + minutes
  const both = await Promise.all(
    fifty.map((index) => (index % 2 === 0 ? extend(id, until) : place.answer('racing', code))),
  )
  expect(both.filter((one) => one === 'let in')).toHaveLength(1)
  expect(await extend(id, until + 1)).toEqual({ ok: false, reason: 'used' })
  const { rows } = await place.pool.query(
    `select count(*)::int as late from local_extension join local_use using (credential_id)
     where credential_id = $1 and made_at > used_at`,
    [id],
  )
  expect(rows).toEqual([{ late: 0 }])
})

it('never brings back what is ended at the same instant', async () => {
  const { id, code, lease } = await place.issue('ending')
  const until = lease.expiresAt + minutes
  const both = await Promise.all(
    fifty.map((index) => (index % 2 === 0 ? extend(id, until + index) : place.issuer.end(id))),
  )
  expect(both).toContainEqual({ ok: false, reason: 'over' })
  expect(await place.answer('ending', code)).toBe('ended')
  expect(await extend(id, until + minutes)).toEqual({ ok: false, reason: 'over' })
})
