import { expect, it } from 'vitest'
import { sharedAnswer } from '../../src/shared-answer.ts'

it('a question is asked once for many, and again when its answer is old', async () => {
  let [asked, time] = [0, 0]
  const ask = sharedAnswer(
    async () => (asked += 1),
    1_000,
    () => time,
  )
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1])
  time = 999
  expect(await ask()).toBe(1)
  time = 1_000
  expect(await Promise.all([ask(), ask()])).toEqual([2, 2])
})

it('what failed is asked again in time, and fails for all until then', async () => {
  let [asked, time] = [0, 0]
  const ask = sharedAnswer(
    async () => {
      asked += 1
      throw new Error(`failed ${asked}`)
    },
    1_000,
    () => time,
  )
  await Promise.all([expect(ask()).rejects.toThrow('failed 1'), expect(ask()).rejects.toThrow('failed 1')])
  time = 1_000
  await expect(ask()).rejects.toThrow('failed 2')
})
