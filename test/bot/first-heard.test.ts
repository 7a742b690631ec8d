import { expect, it } from 'vitest'
import { firstHeard } from '../../src/bot/first-heard.ts'

const now = 10_000_000
const minute = 60_000
const heard = (at: number) =>
  firstHeard({ now: () => now, deliveries: { firstSeen: async () => at } }, 'action/T1/U1/1.2')

it.for([
  ['now', now],
  ['by somebody whose clock is ahead of ours', now + minute],
  ['ten minutes ago', now - 10 * minute],
] as const)('what was first heard of %s counts with that time', async ([, at]) => {
  expect(await heard(at)).toBe(at)
})

it('what was first heard of earlier counts no more', async () => {
  expect(await heard(now - 10 * minute - 1)).toBeUndefined()
})

it('nothing is heard of before it came', async () => {
  await expect(heard(now + minute + 1)).rejects.toThrow('in the future')
})
