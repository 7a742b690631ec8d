import { describe, expect, it } from 'vitest'
import { coalesced, memoryStore } from '../../src/sandbox/state-store.ts'

describe('a store in memory', () => {
  it('has nothing before the first save', async () => {
    expect(await memoryStore().load()).toBeUndefined()
  })

  it('gives back what was saved, and does not follow later changes of it', async () => {
    const store = memoryStore()
    const state = { list: [1] }
    await store.save(state)
    state.list.push(2)
    expect(await store.load()).toEqual({ list: [1] })
  })
})

describe('coalesced saving', () => {
  it('saves once for all changes that came while a save was running, and not before it ended', async () => {
    const started: (() => void)[] = []
    const save = coalesced(() => new Promise<void>((resolve) => started.push(resolve)))
    const first = save()
    await new Promise(setImmediate)
    expect(started).toHaveLength(1)
    const later = Promise.all([save(), save(), save()])
    await new Promise(setImmediate)
    expect(started).toHaveLength(1)
    started[0]?.()
    await first
    await new Promise(setImmediate)
    expect(started).toHaveLength(2)
    started[1]?.()
    await later
    expect(started).toHaveLength(2)
  })

  it('fails for those who waited for it, and saves again for the next', async () => {
    let broken = true
    const save = coalesced(async () => {
      if (broken) throw new Error('disk full')
    })
    await expect(save()).rejects.toThrow('disk full')
    broken = false
    await expect(save()).resolves.toBeUndefined()
  })
})
