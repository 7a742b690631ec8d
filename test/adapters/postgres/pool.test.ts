import { createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresFault } from '../../../src/adapters/postgres/fault.ts'
import { createPool } from '../../../src/adapters/postgres/pool.ts'
import { query, transaction } from '../../../src/adapters/postgres/query.ts'
import { createDatabase, type TestDatabase } from '../../setup/postgres.ts'
import { as } from './as.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createDatabase()
})

afterAll(() => database.drop())

describe('the pool', () => {
  it('gives up on a server that takes the connection and never answers', async () => {
    const mute = createServer((socket) => socket.on('error', () => undefined))
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    const { port } = mute.address() as AddressInfo
    const pool = createPool(`postgresql://hallpass_app:secret@127.0.0.1:${port}/hallpass`)
    const began = Date.now()
    await expect(query(pool, 'select 1')).rejects.toMatchObject({ code: 'unavailable', status: 'connection' })
    expect(Date.now() - began).toBeLessThan(4000)
    await pool.end()
    mute.close()
  })

  it('lets the server end a statement after five seconds', async () => {
    const pool = createPool(database.programUrl)
    expect(await query(pool, 'show statement_timeout')).toEqual([{ statement_timeout: '5s' }])
    await pool.end()
  })

  it('goes on after its connections were cut', async () => {
    const pool = createPool(database.programUrl)
    await query(pool, 'select 1')
    await as(
      database.superuserUrl,
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    )
    await expect.poll(() => query(pool, 'select 2 as two').catch(() => [])).toEqual([{ two: 2 }])
    await pool.end()
  })
})

describe('a transaction', () => {
  it('writes nothing when its work fails, and gives the error on', async () => {
    const pool = createPool(database.programUrl)
    const insert = `insert into card (exception_id, audience, channel, ts)
      values ('00000000-0000-4000-8000-000000000001', 'a', 'C1', '1')`
    const failing = transaction(pool, async (session) => {
      await query(session, insert)
      throw new RangeError('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    expect(await query(pool, 'select * from card')).toEqual([])
    await transaction(pool, (session) => query(session, insert))
    expect(await query(pool, 'select audience from card')).toEqual([{ audience: 'a' }])
    await pool.end()
  })
})

describe('a transaction whose connection is cut between two statements', () => {
  it('rejects at the next statement, and the one after it has a new connection', async () => {
    const pool = createPool(database.programUrl)
    const cut = transaction(pool, async (session) => {
      const [me] = await query(session, 'select pg_backend_pid() as pid')
      await as(database.superuserUrl, `select pg_terminate_backend(${(me as { pid: number }).pid}, 1000)`)
      await new Promise((resolve) => setTimeout(resolve, 50))
      await query(session, 'select 1')
    })
    await expect(cut).rejects.toMatchObject({ code: 'unavailable' })
    expect(await transaction(pool, (session) => query(session, 'select 3 as three'))).toEqual([{ three: 3 }])
    await pool.end()
  })
})

describe('a failure of the driver', () => {
  it.each([
    ['08006', 'unavailable'],
    ['40P01', 'unavailable'],
    ['53300', 'unavailable'],
    ['55P03', 'unavailable'],
    ['57014', 'unavailable'],
    ['57P01', 'unavailable'],
    ['25006', 'unavailable'],
    ['ECONNRESET', 'unavailable'],
    ['23505', 'conflict'],
    ['3D000', 'missing'],
    ['42P01', 'missing'],
    ['28P01', 'refused'],
    ['42501', 'refused'],
    ['22P02', 'refused'],
  ])('%s is %s', (code, meaning) => {
    const error = Object.assign(new Error('Key (claim)=(secret)'), { code, detail: 'secret' })
    expect(postgresFault(error)).toMatchObject({ service: 'postgres', code: meaning, status: code })
    expect(postgresFault(error).message).toBe(`postgres: ${meaning} (${code})`)
  })

  it('without a code is a broken connection', () => {
    expect(postgresFault(new Error('Connection terminated unexpectedly'))).toMatchObject({
      code: 'unavailable',
      status: 'connection',
    })
  })
})
