import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createChecks, type Checks } from '../../../src/adapters/local/checks.ts'
import { newSecretKey } from '../../../src/adapters/local/secret-key.ts'
import { readSignalKey } from '../../../src/adapters/local/signal-keys.ts'
import { createFraudSignals } from '../../../src/adapters/local/signals.ts'
import type { FraudSignals } from '../../../src/core/fraud/ports.ts'
import { answerOf, createPlace, type Place } from './place.ts'

const fraudCode = 'FRAVD7XK'
const signalKeys = readSignalKey(newSecretKey())
const hour = 3_600_000

let place: Place
let checks: Checks
let signals: FraudSignals

beforeAll(async () => {
  place = await createPlace()
  checks = createChecks(place.pool, place.keys, { code: fraudCode, keys: signalKeys })
  signals = createFraudSignals(place.pool, signalKeys)
})

afterAll(() => place.close())

const types = (userName: string, more: { typed?: string; client?: string; at?: number } = {}) =>
  answerOf(checks, { userName, typed: fraudCode, ...more })

const about = async (who: string) =>
  (await signals.pending()).filter((one) => JSON.stringify(one).includes(JSON.stringify(who)))

describe('the fraud code', () => {
  it('lets nobody in, uses nothing up, is no try, and tells whose sign-in it was', async () => {
    const coded = await place.issue('coded', 'code', 60, 'entra:coded')
    await place.issue('open', 'let-in', 60, 'entra:open')
    for (let tries = 0; tries < 6; tries += 1) expect(await types('coded')).toBe('fraud-code')
    expect(await types('open', { typed: ' fravd-7xk' })).toBe('fraud-code')
    expect(await about('entra:coded')).toMatchObject([
      { source: 'fraud-code', application: 'vpn', client: 'gateway', who: { subject: 'entra:coded' } },
    ])
    expect(await about('entra:open')).toHaveLength(1)
    expect(await place.answer('coded', coded.code)).toBe('let in')
    expect(await place.answer('open', '')).toBe('let in')
  })

  it('leaves one signal in an hour for a person, wherever and however often it is typed', async () => {
    await place.issue('often', 'code', 60, 'entra:often')
    await place.issue('also-often', 'code', 60, 'entra:often')
    const other = createChecks(place.pool, place.keys, { code: fraudCode, keys: signalKeys })
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        answerOf(index % 2 === 0 ? checks : other, {
          userName: index % 5 === 0 ? 'also-often' : 'often',
          typed: fraudCode,
          client: `often-${index % 3}`,
          at: 10 * hour + index,
        }),
      ),
    )
    expect(await about('entra:often')).toHaveLength(1)
    await types('often', { at: 11 * hour })
    expect((await about('entra:often')).map(({ at }) => at >= 11 * hour)).toEqual([false, true])
  })

  it('knows the name where nothing was issued that tells whose it is, and only the signal keeps it', async () => {
    await Promise.all(
      ['stranger', ' STRANGER', 'stranger-2'].map((name) => types(name, { client: 'strange' })),
    )
    expect(await about('stranger')).toMatchObject([{ application: 'vpn', who: { userName: 'stranger' } }])
    expect(await about('stranger-2')).toHaveLength(1)
    const { rows } = await place.pool.query(
      `select convert_from(bytes, 'UTF8') || convert_from(body, 'UTF8') as text
       from fact join detail using (chain, seq) where chain = 'check/strange'`,
    )
    expect(rows).toHaveLength(3)
    expect(JSON.stringify(rows)).not.toContain('stranger')
  })

  it('is heard from a denied person as well, and is no more than a wrong code where the policy has none', async () => {
    const { code } = await place.issue('denied', 'code', 60, 'entra:denied')
    await place.denials.deny('entra:denied', randomUUID())
    expect([await types('denied'), await types('denied', { typed: code })]).toEqual(['fraud-code', 'denied'])
    expect(await about('entra:denied')).toHaveLength(1)
    await place.issue('without', 'code', 60, 'entra:without')
    expect(await place.answer('without', fraudCode)).toBe('wrong')
    expect(await about('entra:without')).toEqual([])
  })

  it('is not looked at in a question that is one too many', async () => {
    await place.issue('pressed', 'code', 60, 'entra:pressed')
    const asked = { userName: 'pressed', typed: fraudCode, isTooMany: true }
    expect(await answerOf(checks, asked)).toBe('too-many')
    expect(await about('entra:pressed')).toEqual([])
  })

  it('is not about a person whom a row of somebody else names', async () => {
    await place.issue('named', 'code', 60, 'entra:named')
    await place.pool.query(
      `insert into local_credential select gen_random_uuid(), exception_id, 'entra:mallory', application, 'planted',
         form, salt, digest, created_at, expires_at, mac from local_credential where user_name = 'named'`,
    )
    expect(await types('planted')).toBe('fraud-code')
    expect([await about('entra:mallory'), await about('planted')]).toMatchObject([
      [],
      [{ who: { userName: 'planted' } }],
    ])
  })

  it('leaves no signal where its fact can not be written', async () => {
    await place.issue('unwritten', 'code', 60, 'entra:unwritten')
    await place.asOwner(
      `alter table fact add constraint unwritable check (chain <> 'check/unwritable') not valid`,
    )
    await expect(types('unwritten', { client: 'unwritable' })).rejects.toThrow('postgres: refused (23514)')
    expect(await about('entra:unwritten')).toEqual([])
  })

  it('rests nowhere', async () => {
    const tables = ['fact', 'detail', 'local_try', 'local_use', 'fraud_signal', 'local_credential']
    for (const table of tables) {
      const { rows } = await place.pool.query(`select t::text as text from ${table} t`)
      const text = JSON.stringify(rows).toUpperCase()
      expect(text).not.toContain(fraudCode)
      expect(text).not.toContain(Buffer.from(fraudCode).toString('hex').toUpperCase())
    }
  })
})

describe('a signal', () => {
  it('is pending until it was heard, once, oldest first', async () => {
    await types('second', { at: 20 * hour + 2 })
    await types('first', { at: 20 * hour + 1 })
    const ours = async () => (await signals.pending()).filter(({ at }) => at > 20 * hour && at < 21 * hour)
    const [first, second, ...rest] = await ours()
    expect([first, second, rest]).toMatchObject([
      { who: { userName: 'first' } },
      { who: { userName: 'second' } },
      [],
    ])
    await Promise.all([signals.done(first?.id ?? ''), signals.done(first?.id ?? '')])
    expect(await ours()).toEqual([second])
  })

  it('of the provider is kept once by its id there', async () => {
    const detection = { id: 'detection-1', subject: 'entra:detected', at: Date.now() } as const
    await Promise.all([signals.record(detection), signals.record(detection)])
    const [signal, ...rest] = await about('entra:detected')
    expect(signal).toEqual({
      id: signal?.id,
      source: 'risk-detection',
      subject: 'entra:detected',
      at: detection.at,
    })
    expect(rest).toEqual([])
    await signals.done(signal?.id ?? '')
    await signals.record(detection)
    expect(await about('entra:detected')).toEqual([])
  })

  it('that somebody else wrote does not exist, and does not hide the others', async () => {
    const detection = { id: 'detection-2', subject: 'entra:true', at: Date.now() } as const
    await signals.record(detection)
    for (const [subject, externalId] of [
      [`'entra:framed'`, `'x'`],
      [`'nobody:known'`, `'y'`],
      ['subject', `'z'`],
    ])
      await place.pool.query(
        `insert into fraud_signal (id, source, external_id, subject, at, mac)
         select gen_random_uuid(), source, ${externalId}, ${subject}, at, mac from fraud_signal where subject = 'entra:true'`,
      )
    expect(await about('entra:framed')).toEqual([])
    expect(await about('entra:true')).toHaveLength(1)
  })

  it('is not heard because somebody else wrote so', async () => {
    await signals.record({ id: 'detection-3', subject: 'entra:silenced', at: Date.now() })
    const [signal] = await about('entra:silenced')
    await place.pool.query(`insert into fraud_signal_done (signal_id, mac) values ($1, 'x')`, [signal?.id])
    expect(await about('entra:silenced')).toEqual([signal])
    await signals.done(signal?.id ?? '')
    expect(await about('entra:silenced')).toEqual([])
  })
})

describe('where asking the risk engine goes on', () => {
  it('is the newest report that Hallpass itself wrote, whatever else stands there', async () => {
    const at = Date.now() + hour
    await signals.record({ id: 'detection-4', subject: 'entra:newest', at })
    for (const when of ['9999-12-31', '294276-01-01'])
      await place.pool.query(
        `insert into fraud_signal (id, source, external_id, subject, at, mac)
         values (gen_random_uuid(), 'risk-detection', $1, 'entra:forged', $1::text::timestamptz, 'x')`,
        [when],
      )
    expect(await signals.latestDetection()).toBe(at)
  })
})
