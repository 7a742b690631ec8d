import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { startChild } from '../../src/sandbox/child.ts'
import type { Child } from '../../src/sandbox/child.ts'
import { commandOf, endRecorded, recordingLaunch, writeRecord } from '../../src/sandbox/process-record.ts'
import { openStateFolder } from '../../src/sandbox/state-folder.ts'
import { temporaryFolder } from '../setup/folder.ts'

const children: Child[] = []
afterEach(() => Promise.all(children.splice(0).map((child) => child.stop())))

const sleeper = (folder: string, name = 'sleeper', script = 'setInterval(() => {}, 1000)') =>
  ({
    name,
    command: process.execPath,
    args: ['-e', script],
    env: {},
    logFile: join(folder, 'log'),
    stopSignal: 'SIGTERM',
  }) as const

describe('the folder of the state', () => {
  it('is used again by the next start, and emptied by a fresh one', async () => {
    const path = join(temporaryFolder(), 'state')
    const first = await openStateFolder(path, false)
    writeFileSync(join(path, 'keys'), 'kept')
    first.release()
    const second = await openStateFolder(path, false)
    expect(existsSync(join(path, 'keys'))).toBe(true)
    expect(second.story).toBe(first.story)
    second.release()
    const fresh = await openStateFolder(path, true)
    expect(fresh.story).not.toBe(first.story)
    expect(existsSync(join(path, 'keys'))).toBe(false)
  })

  it.each([true, false])(
    'a folder that holds something else is neither removed nor used (fresh: %s)',
    async (fresh) => {
      const path = temporaryFolder()
      writeFileSync(join(path, 'thesis.txt'), 'precious')
      await expect(openStateFolder(path, fresh)).rejects.toThrow(/holds something else/)
      expect(existsSync(join(path, 'thesis.txt'))).toBe(true)
    },
  )

  it('two sandboxes never use one folder, and the second does not disturb the programs of the first', async () => {
    const path = join(temporaryFolder(), 'state')
    const { processes } = await openStateFolder(path, false)
    const child = await recordingLaunch(processes)(sleeper(path))
    children.push(child)
    const other = await startChild(sleeper(path, 'other'))
    children.push(other)
    // As if another process had opened it.
    writeRecord(join(path, 'sandbox.lock'), {
      ...recordOf(other),
      stopSignal: 'SIGTERM',
      page: 'http://127.0.0.1:4747',
    })
    await expect(openStateFolder(path, true)).rejects.toThrow(
      `(process ${other.pid}) uses ${path}. Its page is at http://127.0.0.1:4747`,
    )
    expect(child.running()).toBe(true)
    await other.stop()
    await expect(openStateFolder(path, false)).resolves.toMatchObject({ ended: ['sleeper'] })
  })
})

describe('programs that a killed sandbox left behind', () => {
  it('are ended by the next one, with force when they do not listen', async () => {
    const folder = temporaryFolder()
    const records = join(folder, 'processes')
    const deaf = "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)"
    const child = await recordingLaunch(records)(sleeper(folder, 'deaf', deaf))
    children.push(child)
    await sleep(300)
    expect(await endRecorded(records, 200)).toEqual(['deaf'])
    expect(await child.ended).toBe('was ended by SIGKILL')
    expect(await endRecorded(records)).toEqual([])
  })

  it('a process that got the number since then is left alone', async () => {
    const folder = temporaryFolder()
    const records = join(folder, 'processes')
    mkdirSync(records)
    const stranger = await startChild(sleeper(folder))
    children.push(stranger)
    writeRecord(join(records, 'postgres.json'), {
      pid: stranger.pid,
      command: '/somewhere/postgres -D data',
      stopSignal: 'SIGINT',
    })
    writeFileSync(join(records, 'half.json'), '{"pid": 1')
    expect(await endRecorded(records)).toEqual([])
    expect(stranger.running()).toBe(true)
  })

  it('a program that ended by itself is forgotten', async () => {
    const folder = temporaryFolder()
    const records = join(folder, 'processes')
    const child = await recordingLaunch(records)(sleeper(folder, 'short', 'setTimeout(() => {}, 100)'))
    await child.ended
    await sleep(10)
    expect(existsSync(join(records, 'short.json'))).toBe(false)
  })
})

function recordOf(child: Child): { pid: number; command: string } {
  return { pid: child.pid, command: commandOf(child.pid) ?? '' }
}
