import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newEncryptionKey, readEncryptionKeys } from '../../src/adapters/temporal/encryption-keys.ts'
import { keyNames, keysOfWorker, workerIdentity } from '../../src/adapters/temporal/worker-identity.ts'
import { judgeWorkerKeys } from '../../src/doctor/checks/worker-keys.ts'
import { startInstallation, type Installation } from '../setup/installation.ts'
import { linesOf, looked } from './looked.ts'

const [older, newer] = [newEncryptionKey(), newEncryptionKey()]
const of = (text: string) => keyNames(readEncryptionKeys(text))
const worker = (text: string) => workerIdentity('17@host', readEncryptionKeys(text))
const idOf = (key: string): string => key.split('.')[0] ?? ''

describe('what a worker is called', () => {
  it.each([
    [older, [idOf(older)]],
    [`${newer},${older}`, [idOf(newer), idOf(older)]],
    [`${newer},off`, [idOf(newer), 'off']],
    [`off,${newer}`, ['off', idOf(newer)]],
    ['off', ['off']],
  ])('names its keys by their ids, the one that writes first, and gives none away', (text, names) => {
    const identity = worker(text)
    expect(keysOfWorker(identity)).toEqual(names)
    expect(identity).toMatch(/^17@host;/)
    for (const key of [older, newer]) expect(identity).not.toContain(key.split('.')[1])
  })
  it('says nothing of keys where it is a worker of an older version', () => {
    expect(keysOfWorker('17@host')).toBeUndefined()
  })
})

describe('keys that are set here beside those of workers', () => {
  it.each([
    ['the same', older, older, 'ok'],
    ['in the middle of a change', `${older},${newer}`, `${newer},${older}`, 'ok'],
    ['a worker that can’t read what is written here', `${newer},${older}`, older, 'wrong'],
    ['a worker that writes what can’t be read here', older, `${newer},${older}`, 'wrong'],
    ['a worker that no longer reads what was written before', `${newer},${older}`, newer, 'warning'],
    ['a worker that still reads what was written before', newer, `${newer},${older}`, 'warning'],
    ['other ones', older, newer, 'wrong'],
    ['none here, and a worker that reads no payloads in the clear', 'off', newer, 'wrong'],
  ])('%s', (_, here, there, state) => {
    expect(judgeWorkerKeys(of(here), [worker(there)])).toMatchObject([{ state }])
  })
  it('one worker of two', () => {
    const found = judgeWorkerKeys(of(older), [worker(older), worker(newer)])
    expect(found).toMatchObject([{ state: 'wrong', says: expect.stringContaining(idOf(newer)) as string }])
  })
  it('no worker at all', () => {
    expect(judgeWorkerKeys(of(older), [])).toMatchObject([{ state: 'unchecked' }])
  })
  it.each([[['old@host']], [[worker(older), 'old@host']]])('one that does not say it: %s', (workers) => {
    const says = expect.stringContaining('old@host') as string
    expect(judgeWorkerKeys(of(older), workers)).toMatchObject([{ state: 'unchecked', says }])
  })
})

describe('hallpass doctor', () => {
  let installation: Installation
  beforeAll(async () => {
    installation = await startInstallation()
  })
  afterAll(() => installation.close())

  it('sees by a worker that runs that a bot would have another key', async () => {
    await installation.serve({ HALLPASS_ENCRYPTION_KEY: older }, 'worker')
    const bot = (key: string) => looked(installation, { HALLPASS_ENCRYPTION_KEY: key }, { program: 'bot' })
    const other = await bot(newer)
    expect(linesOf(other, 'temporal.keys')).toMatch(/^wrong: The worker \d+@\S+ can’t read what is written/)
    expect(other.well).toBe(false)
    expect(linesOf(await bot(older), 'temporal.keys')).toBe('')
  })
})
