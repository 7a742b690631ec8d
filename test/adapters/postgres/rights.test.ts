import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createChecks } from '../../../src/adapters/local/checks.ts'
import { readCodeKey } from '../../../src/adapters/local/code-keys.ts'
import { newSecretKey } from '../../../src/adapters/local/secret-key.ts'
import { readSignalKey } from '../../../src/adapters/local/signal-keys.ts'
import { createLocalIssuer } from '../../../src/adapters/local/issuer.ts'
import { assertInstallation } from '../../../src/adapters/postgres/installation.ts'
import { createDecodings } from '../../../src/adapters/postgres/decodings.ts'
import { createLedger } from '../../../src/adapters/postgres/ledger.ts'
import { migrate } from '../../../src/adapters/postgres/migrate.ts'
import { createPool } from '../../../src/adapters/postgres/pool.ts'
import { createDatabase, type TestDatabase } from '../../setup/postgres.ts'
import { answerOf } from '../local/place.ts'
import { as, createRole } from './as.ts'
import { chained, story } from './story.ts'

let database: TestDatabase
const { chain: written, facts } = story()

beforeAll(async () => {
  database = await createDatabase()
  await createRole(database.superuserUrl, 'hallpass_erasure')
  await createRole(database.superuserUrl, 'hallpass_codec')
  await migrate({ ownerUrl: database.ownerUrl, installation: 'sandbox' })
  const pool = createPool(database.programUrl)
  await createLedger(pool).append(written, chained(facts))
  await pool.end()
})

afterAll(() => database.drop())

const refused = { code: '42501' }

const erasure = (statement: string) => as(database.superuserUrl, statement, 'hallpass_erasure')

const codec = (statement: string) => as(database.superuserUrl, statement, 'hallpass_codec')

const check = (statement: string) => as(database.checkUrl, statement)

const everyTable = [
  'fact',
  'detail',
  'intent',
  'policy_version',
  'revocation',
  'revocation_step',
  'slack_binding',
  'slack_delivery',
  'card',
  'exception_view',
  'installation',
  'migration',
  'local_credential',
  'local_use',
  'local_end',
  'local_extension',
  'local_try',
  'local_denial',
  'local_denial_end',
  'fraud_signal',
  'fraud_signal_done',
]

/** A column of each table that may never change. */
const columns = {
  fact: 'bytes',
  detail: 'body',
  intent: 'before',
  policy_version: 'body',
  revocation: 'envelope',
  revocation_step: 'step',
  slack_binding: 'person',
  slack_delivery: 'first_seen',
  installation: 'kind',
  migration: 'name',
}

describe('the role of the programs', () => {
  it.each(Object.entries(columns))('can not change %s', async (table, column) => {
    await expect(as(database.programUrl, `update ${table} set ${column} = ${column}`)).rejects.toMatchObject(
      refused,
    )
  })

  it.each(everyTable)('can neither delete from %s nor empty it', async (table) => {
    await expect(as(database.programUrl, `delete from ${table}`)).rejects.toMatchObject(refused)
    await expect(as(database.programUrl, `truncate ${table} cascade`)).rejects.toMatchObject(refused)
  })

  it('can not mark a database, nor create or change tables', async () => {
    const kind = `insert into installation (one, kind) values (false, 'production')`
    await expect(as(database.programUrl, kind)).rejects.toMatchObject(refused)
    await expect(as(database.programUrl, 'create table mine (id integer)')).rejects.toMatchObject(refused)
    await expect(as(database.programUrl, 'alter table fact drop column hash')).rejects.toMatchObject(refused)
    await expect(as(database.programUrl, 'alter table fact disable trigger all')).rejects.toMatchObject(
      refused,
    )
  })

  it('loses a right that somebody gave it when migrate runs again', async () => {
    await as(database.ownerUrl, 'grant delete on fact to hallpass_app')
    await migrate({ ownerUrl: database.ownerUrl, installation: 'sandbox' })
    await expect(as(database.programUrl, 'delete from fact')).rejects.toMatchObject(refused)
  })
})

describe('the erasure role', () => {
  it('can delete details, and can not read what it deletes', async () => {
    await expect(erasure('select body from detail')).rejects.toMatchObject(refused)
    await expect(erasure('delete from detail where seq = 1')).resolves.toEqual([])
    expect(await as(database.programUrl, 'select seq from detail order by seq')).not.toContainEqual({
      seq: 1,
    })
  })

  it.each(everyTable.filter((table) => table !== 'detail'))('can not touch %s', async (table) => {
    await expect(erasure(`delete from ${table}`)).rejects.toMatchObject(refused)
    await expect(erasure(`select * from ${table}`)).rejects.toMatchObject(refused)
  })
})

describe('the role of the check', () => {
  const keys = readCodeKey(newSecretKey())

  it('starts, checks a code, uses it up and writes the fact', async () => {
    const [programs, own] = [
      createPool(database.programUrl),
      createPool(database.checkUrl, { pipeline: true }),
    ]
    const issuer = createLocalIssuer(programs, keys)
    const { code, lease } = await issuer.issue({
      exceptionId: randomUUID(),
      subject: 'entra:dana',
      application: 'vpn',
      userName: 'dana',
      form: 'code',
      lifetime: 300,
    })
    await issuer.extend('entra:dana', lease.credentialId, lease.expiresAt + 1_000)
    const typed = code?.reveal((value) => value) ?? ''
    const checks = createChecks(own, keys)
    await expect(assertInstallation(own, 'sandbox')).resolves.toBeUndefined()
    expect(await answerOf(checks, { typed: 'wrong' })).toBe('wrong')
    expect(await answerOf(checks, { typed })).toBe('let in')
    const chain = await as(database.programUrl, `select seq from fact where chain = 'check/gateway'`)
    expect(chain).toHaveLength(2)
    await Promise.all([programs.end(), own.end()])
  })

  it('can issue nothing, extend nothing, end nothing, give back nothing that is denied and bind nobody', async () => {
    const tables = [
      'local_credential',
      'local_extension',
      'local_end',
      'local_denial',
      'local_denial_end',
      'fraud_signal_done',
      'intent',
      'slack_binding',
      'slack_delivery',
      'revocation',
    ]
    for (const table of tables)
      await expect(check(`insert into ${table} default values`)).rejects.toMatchObject(refused)
  })

  it.each(['card', 'exception_view'])('can neither read nor write %s', async (table) => {
    await expect(check(`select * from ${table}`)).rejects.toMatchObject(refused)
    await expect(check(`insert into ${table} default values`)).rejects.toMatchObject(refused)
  })

  it('leaves a signal of the fraud code, and can not read whom signals are about', async () => {
    const own = createPool(database.checkUrl, { pipeline: true })
    const checks = createChecks(own, keys, { code: '911911', keys: readSignalKey(newSecretKey()) })
    expect(await answerOf(checks, { userName: 'mallory', typed: '911911' })).toBe('fraud-code')
    const signals = await as(database.programUrl, 'select user_name from fraud_signal')
    expect(signals).toEqual([{ user_name: 'mallory' }])
    for (const table of ['fraud_signal', 'fraud_signal_done'])
      await expect(check(`select * from ${table}`)).rejects.toMatchObject(refused)
    await own.end()
  })

  it('can not read who is named in the facts', async () => {
    await expect(check('select body from detail')).rejects.toMatchObject(refused)
  })

  it.each(everyTable)('can neither change %s nor delete from it', async (table) => {
    const [column] = await as(
      database.ownerUrl,
      `select attname as name from pg_attribute where attrelid = '${table}'::regclass and attnum = 1`,
    )
    const { name } = column as { readonly name: string }
    await expect(check(`update ${table} set ${name} = default`)).rejects.toMatchObject(refused)
    await expect(check(`delete from ${table}`)).rejects.toMatchObject(refused)
  })
})

describe('the role of the codec', () => {
  it('starts, and writes down who had payloads decrypted, one after the other', async () => {
    const url = new URL(database.superuserUrl)
    url.searchParams.set('options', '-c role=hallpass_codec')
    const own = createPool(url.href)
    await expect(assertInstallation(own, 'sandbox')).resolves.toBeUndefined()
    const record = createDecodings(own)
    const use = { type: 'payloads-decoded', by: 'entra:sam', namespace: 'hallpass', count: 3 } as const
    const uses = [1, 2, 3].map((at) => record({ ...use, at, details: { name: 'Sam' } }))
    await Promise.all(uses)
    await own.end()
    const chain = await as(
      database.programUrl,
      `select seq from fact where chain = 'codec/entra:sam' order by seq`,
    )
    expect(chain).toEqual([{ seq: 1 }, { seq: 2 }, { seq: 3 }])
  })

  it('can not read what happened, nor who is named', async () => {
    await expect(codec('select bytes from fact')).rejects.toMatchObject(refused)
    await expect(codec('select body from detail')).rejects.toMatchObject(refused)
    await expect(codec('select * from exception_view')).rejects.toMatchObject(refused)
  })

  it.each(everyTable)('can neither change %s nor delete from it', async (table) => {
    await expect(codec(`delete from ${table}`)).rejects.toMatchObject(refused)
  })

  it.each(everyTable.filter((table) => !['fact', 'detail'].includes(table)))(
    'can not write %s',
    async (table) => {
      await expect(codec(`insert into ${table} default values`)).rejects.toMatchObject(refused)
    },
  )
})

/** A fact of this chain with its detail, as a program that is in wrong hands would write it. */
const forged = (chain: string, seq: number): string =>
  `with written as (insert into fact (chain, seq, bytes, hash) values ('${chain}', ${seq}, 'x', sha256('x')))
   insert into detail (chain, seq, salt, body) values ('${chain}', ${seq}, sha256('x'), 'x')`

describe.each([
  { role: 'hallpass_verify', own: 'check/', other: 'codec/' },
  { role: 'hallpass_codec', own: 'codec/', other: 'check/' },
])('a chain that is not of $role', ({ role, own, other }) => {
  const inRole = (statement: string) => as(database.superuserUrl, statement, role)
  const others = [
    'exception/',
    'follow-up/',
    'case/',
    'alarm/',
    'revocation/',
    other,
    `x${own}`,
    own.slice(0, -1),
  ]

  it.each(others)('takes no fact from it: %s', async (chain) => {
    await expect(inRole(forged(`${chain}${randomUUID()}`, 1))).rejects.toMatchObject(refused)
  })

  it('takes no detail from it in the place of one that was erased', async () => {
    await as(database.ownerUrl, `delete from detail where chain = '${written}' and seq = 1`)
    const detail = `insert into detail (chain, seq, salt, body) values ('${written}', 1, sha256('x'), 'x')`
    await expect(inRole(detail)).rejects.toMatchObject(refused)
  })

  it('does not even say how long it is', async () => {
    const length = `select max(seq) as seq from fact where chain = '${written}'`
    expect(await inRole(length)).toEqual([{ seq: null }])
    expect(await as(database.programUrl, length)).toEqual([{ seq: facts.length }])
  })

  it('while its own chains take both', async () => {
    const chain = `${own}${randomUUID()}`
    await expect(inRole(forged(chain, 1))).resolves.toEqual([])
    expect(await inRole(`select seq from fact where chain = '${chain}'`)).toEqual([{ seq: 1 }])
  })

  it('is closed again when migrate runs, whoever opened it', async () => {
    await as(database.ownerUrl, `drop policy ${role} on fact`)
    await expect(inRole(forged(`alarm/${randomUUID()}`, 1))).rejects.toMatchObject(refused)
    await as(database.ownerUrl, `drop policy ${role} on detail`)
    await expect(inRole(forged(`alarm/${randomUUID()}`, 1))).resolves.toEqual([])
    await migrate({ ownerUrl: database.ownerUrl, installation: 'sandbox' })
    await expect(inRole(forged(`alarm/${randomUUID()}`, 1))).rejects.toMatchObject(refused)
  })

  it.each([
    `alter policy ${role} on fact using (true) with check (true); alter policy ${role} on detail with check (true)`,
    'alter table fact disable row level security; alter table detail disable row level security',
  ])('nor stays open where a policy is there by name only: %s', async (opening) => {
    await as(database.ownerUrl, opening)
    await expect(inRole(forged(`alarm/${randomUUID()}`, 1))).resolves.toEqual([])
    await migrate({ ownerUrl: database.ownerUrl, installation: 'sandbox' })
    await expect(inRole(forged(`alarm/${randomUUID()}`, 1))).rejects.toMatchObject(refused)
  })

  it('is left alone where it is as it should be: to make it anew would lock the table', async () => {
    const policies = () =>
      as(database.ownerUrl, `select oid from pg_policy where polname = '${role}' order by oid`)
    const before = await policies()
    expect(before).toHaveLength(2)
    await migrate({ ownerUrl: database.ownerUrl, installation: 'sandbox' })
    expect(await policies()).toEqual(before)
  })
})
