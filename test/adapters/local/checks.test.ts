import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createChecks } from '../../../src/adapters/local/checks.ts'
import { readCodeKey } from '../../../src/adapters/local/code-keys.ts'
import { newSecretKey } from '../../../src/adapters/local/secret-key.ts'
import { readSignalKey } from '../../../src/adapters/local/signal-keys.ts'
import { createLocalReader } from '../../../src/adapters/local/reader.ts'
import { isApplication } from '../../../src/core/local/target.ts'
import { lockUsers } from '../../../src/adapters/local/standing.ts'
import { answerOf, createPlace, questionOf, type Place } from './place.ts'

let place: Place

beforeAll(async () => {
  place = await createPlace()
})

afterAll(() => place.close())

/** Writes a row like this one, but for what is changed, as somebody could who has the programs' database role. */
async function plant(id: string, changes: Readonly<Record<string, string>>): Promise<void> {
  const columns =
    'exception_id, subject, application, user_name, form, salt, digest, created_at, expires_at, mac'
  const values = columns.split(', ').map((column) => changes[column] ?? column)
  await place.pool.query(
    `insert into local_credential (id, ${columns}) select ${changes['id'] ?? 'gen_random_uuid()'}, ${values.join(', ')}
     from local_credential where id = $1`,
    [id],
  )
}

describe('a check', () => {
  it('of a let-in passes the next sign-in once, whatever was typed', async () => {
    await place.issue('letin', 'let-in')
    expect([
      await place.answer('letin', 'x', 'intranet'),
      await place.answer('letin', ''),
      await place.answer('letin', ''),
    ]).toEqual(['unknown', 'let in', 'wrong'])
  })

  it.each([
    ['another user', { user_name: "'planted'" }, 'planted', 'vpn'],
    ['another application', { application: "'intranet'" }, 'planter-1', 'intranet'],
    ['a longer time', { expires_at: "expires_at + interval '1 day'" }, 'planter-2', 'vpn'],
    ['another exception', { exception_id: 'gen_random_uuid()' }, 'planter-3', 'vpn'],
    ['another person', { subject: "'entra:mallory'" }, 'planter-4', 'vpn'],
    ['the form that needs no code', { form: "'let-in'" }, 'planter-5', 'vpn'],
    ['nothing but another id', {}, 'planter-6', 'vpn'],
  ])(
    'does not pass by a row that was written into the database for %s',
    async (_, changes, asked, application) => {
      const { id, code } = await place.issue(asked === 'planted' ? 'planter' : asked)
      expect(await place.answer(asked === 'planted' ? 'planter' : asked, code)).toBe('let in')
      await plant(id, changes)
      expect(['forged', 'used']).toContain(await place.answer(asked, code, application))
      expect(
        await createLocalReader(place.pool, place.keys, isApplication).credentials('entra:mallory'),
      ).toEqual([])
    },
  )

  it('takes the same statements for every no', async () => {
    const used = await place.issue('timing-used')
    await place.answer('timing-used', used.code)
    const expired = await place.issue('timing-expired', 'code', -1)
    await place.issue('timing-wrong')
    const denied = await place.issue('timing-denied', 'code', 60, 'entra:mia')
    await place.denials.deny('entra:mia', randomUUID())
    const asked = [
      ['timing-used', used.code],
      ['timing-expired', expired.code],
      ['timing-wrong', 'nonsense'],
      ['timing-nobody', used.code],
      ['timing-denied', denied.code],
      ['timing-wrong', '911911'],
      ['timing-nobody', '911911'],
    ] as const
    const statements: (readonly string[])[] = []
    for (const [userName, typed] of asked) {
      const seen: string[] = []
      const checks = createChecks(watchedPool(place.pool, seen), place.keys, {
        code: '911911',
        keys: readSignalKey(newSecretKey()),
      })
      await checks.check(questionOf({ userName, typed }))
      statements.push(seen)
    }
    expect(statements[0]).toHaveLength(8)
    expect(new Set(statements.map((seen) => seen.join('\n'))).size).toBe(1)
  })

  it('keeps nothing of what was typed as a user name that nothing was issued for', async () => {
    const { code } = await place.issue('typist')
    expect(await place.answer(code, 'anything')).toBe('unknown')
    const { rows } = await place.pool.query('select user_name from local_try')
    expect(JSON.stringify(rows).toUpperCase()).not.toContain(code)
  })

  it('lets nobody in by an end that somebody else wrote, and says that it was none of ours', async () => {
    const { id, code } = await place.issue('end-planted')
    await place.pool.query('insert into local_end (credential_id, mac) values ($1, $2)', [
      id,
      Buffer.alloc(32),
    ])
    expect(await place.answer('end-planted', code)).toBe('forged')
  })

  it('counts wrong tries that come at once one after the other', async () => {
    const { code } = await place.issue('guessers')
    await Promise.all(Array.from({ length: 5 }, (_, index) => place.answer('guessers', `wrong ${index}`)))
    expect(await place.answer('guessers', code)).toBe('voided')
  })

  it('does not count a code from before against the one of today, nor wrong tries from before', async () => {
    for (let tries = 0; tries < 5; tries += 1) await place.answer('again', 'wrong')
    const first = await place.issue('again')
    expect(await place.answer('again', first.code)).toBe('let in')
    const second = await place.issue('again')
    for (let tries = 0; tries < 6; tries += 1) expect(await place.answer('again', first.code)).toBe('used')
    expect(await place.answer('again', second.code)).toBe('let in')
  })
})

/** The pool with an ear at its connections; the connections themselves stay as they are. */
function watchedPool(real: Pool, seen: string[]): Pool {
  const connect = async () => {
    const client = await real.connect()
    return {
      query(statement: { readonly text: string }) {
        seen.push(statement.text)
        return client.query(statement)
      },
      on: () => undefined,
      off: () => undefined,
      release: () => client.release(),
    }
  }
  return { connect } as unknown as Pool
}

describe('an end', () => {
  it('waits for the check that is under way, whose use can be seen afterwards', async () => {
    const { id, code } = await place.issue('racing')
    const client = await place.pool.connect()
    await client.query('begin')
    await lockUsers(client, [{ application: 'vpn', userName: 'racing' }])
    const checked = place.answer('racing', code)
    await new Promise((resolve) => setTimeout(resolve, 200))
    const ended = place.issuer.end(id)
    await client.query('commit')
    client.release()
    expect(await checked).toBe('let in')
    await ended
    expect(await place.stateOf(id)).toBe('used')
    expect(await place.answer('racing', code)).toBe('used')
  })
})

describe('what the reader knows', () => {
  it('is not blocked by a row that nobody can read', async () => {
    const { id } = await place.issue('reader-blocked')
    await expect(
      place.pool.query(
        `insert into local_credential select gen_random_uuid(), exception_id, subject, application,
        user_name, form, salt, digest, created_at, 'infinity', mac from local_credential where id = $1`,
        [id],
      ),
    ).rejects.toThrow('check constraint')
    await plant(id, { subject: "'nobody:known'" })
    expect(await place.stateOf(id)).toBe('usable')
  })

  it('is whether it is usable, used, expired, void, or gone', async () => {
    const usable = await place.issue('reader-usable')
    const used = await place.issue('reader-used')
    const expired = await place.issue('reader-expired', 'code', -1)
    const ended = await place.issue('reader-ended')
    const voided = await place.issue('reader-voided')
    await place.answer('reader-used', used.code)
    await place.issuer.end(ended.id)
    await place.issuer.end(ended.id)
    for (let tries = 0; tries < 5; tries += 1) await place.answer('reader-voided', 'wrong')
    const states = await Promise.all(
      [usable, used, expired, ended, voided].map(({ id }) => place.stateOf(id)),
    )
    expect(states).toEqual(['usable', 'used', 'expired', undefined, 'voided'])
  })

  it('is the exact time, by the clock of the database', async () => {
    const { id, lease } = await place.issue('reader-time', 'code', 90)
    expect(lease.expiresAt - lease.startsAt).toBe(90_000)
    expect(
      await createLocalReader(place.pool, place.keys, isApplication).credential('entra:dana', id),
    ).toMatchObject({
      ...lease,
      createdAt: lease.startsAt,
    })
  })

  it('holds no code: only the key, which is not in the database, can make a row that counts', async () => {
    const { code } = await place.issue('reader-canary')
    const { rows } = await place.pool.query('select row_to_json(c)::text as text from local_credential c')
    const text = JSON.stringify(rows)
    for (const spelling of [code, code.replaceAll('-', '')]) {
      expect(text).not.toContain(spelling)
      expect(text).not.toContain(Buffer.from(spelling).toString('hex'))
    }
    const otherKeys = createChecks(place.pool, readCodeKey(newSecretKey()))
    expect(await answerOf(otherKeys, { userName: 'reader-canary', typed: code })).not.toBe('let in')
  })
})
