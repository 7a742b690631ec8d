import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reachablePlace } from '../../src/sandbox/postgres-place.ts'
import { postgresStore } from '../../src/sandbox/postgres-store.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { createDatabase } from '../setup/postgres.ts'
import type { TestDatabase } from '../setup/postgres.ts'

describe('where the data of PostgreSQL lies', () => {
  const account = { uid: 65_534, gid: 65_534 }

  it('in its own place, when the user that PostgreSQL runs as can get there', () => {
    const path = join(temporaryFolder(), 'not-made-yet', 'postgres')
    expect(reachablePlace(path, account)).toBe(path)
  })

  it('elsewhere, when a folder above lets nobody through, as the home of root does', () => {
    const closed = join(temporaryFolder(), 'home')
    mkdirSync(closed)
    chmodSync(closed, 0o700)
    const place = reachablePlace(join(closed, 'state', 'postgres'), account)
    expect(place).toMatch(/^\/var\/lib\/hallpass\/[0-9a-f]{16}$/)
    expect(reachablePlace(join(closed, 'other', 'postgres'), account)).not.toBe(place)
  })

  it('in its own place for everybody but root, who runs it as himself', () => {
    const closed = join(temporaryFolder(), 'home')
    mkdirSync(closed, { mode: 0o700 })
    expect(reachablePlace(join(closed, 'postgres'), undefined)).toBe(join(closed, 'postgres'))
  })
})

describe('what the stand-ins keep', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createDatabase('nothing')
  })
  afterAll(() => database.drop())

  it('is there again after a restart, each with its own', async () => {
    const slack = await postgresStore(database.ownerUrl, 'slack')
    const entra = await postgresStore(database.ownerUrl, 'entra')
    expect(await slack.load()).toBeUndefined()
    await slack.save({ messages: ['one'] })
    await slack.save({ messages: ['one', 'two'] })
    await entra.save({ users: [] })
    await Promise.all([slack.close(), entra.close()])

    const again = await postgresStore(database.ownerUrl, 'slack')
    expect(await again.load()).toEqual({ messages: ['one', 'two'] })
    await again.close()
  })
})
