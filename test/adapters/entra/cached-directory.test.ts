import { describe, expect, it } from 'vitest'
import { createCachedDirectory } from '../../../src/adapters/entra/cached-directory.ts'
import type { Directory } from '../../../src/core/ports.ts'
import { dana } from './graph-stub.ts'

function counting(fail: () => boolean = () => false) {
  const asked: string[] = []
  const ask = async <Value>(name: string, value: Value): Promise<Value> => {
    asked.push(name)
    if (fail()) throw new Error('down')
    return value
  }
  const directory: Directory = {
    personById: () => ask('personById', undefined),
    managerOf: () => ask('managerOf', undefined),
    membersOf: () => ask('membersOf', []),
    personByMail: () => ask('personByMail', { ok: false, reason: 'unknown' }),
    isPrivileged: () => ask('isPrivileged', true),
  }
  return { directory, asked }
}

describe('the cached directory', () => {
  it('asks about a person, a manager and a set of people once a minute', async () => {
    let now = 0
    const { directory, asked } = counting()
    const cached = createCachedDirectory(directory, () => now)
    for (now of [0, 59_999, 60_000]) {
      await cached.personById(dana)
      await cached.managerOf(dana)
      await cached.membersOf({ directoryGroup: 'Helpdesk' })
    }
    const once = ['personById', 'managerOf', 'membersOf']
    expect(asked).toEqual([...once, ...once])
  })

  it('asks every time whether somebody is privileged and whom an address belongs to', async () => {
    const { directory, asked } = counting()
    const cached = createCachedDirectory(directory, () => 0)
    await cached.isPrivileged(dana)
    await cached.isPrivileged(dana)
    await cached.personByMail('a@b')
    await cached.personByMail('a@b')
    expect(asked).toEqual(['isPrivileged', 'isPrivileged', 'personByMail', 'personByMail'])
  })

  it('tells sets of people apart', async () => {
    const { directory, asked } = counting()
    const cached = createCachedDirectory(directory, () => 0)
    await cached.membersOf({ directoryGroup: 'a' })
    await cached.membersOf({ directoryGroup: 'b' })
    await cached.membersOf({ named: ['a'] })
    expect(asked).toHaveLength(3)
  })

  it('does not keep a failure', async () => {
    let down = true
    const { directory } = counting(() => down)
    const cached = createCachedDirectory(directory, () => 0)
    await expect(cached.membersOf({ directoryGroup: 'a' })).rejects.toThrow('down')
    down = false
    await expect(cached.membersOf({ directoryGroup: 'a' })).resolves.toEqual([])
  })
})
