import { expect, it } from 'vitest'
import { createLimit } from '../../src/verify/limit.ts'

it('takes so many a minute of each key, and begins anew with the next minute', () => {
  const limit = createLimit(2)
  const at = 600_000
  expect([limit('one', at), limit('one', at + 1), limit('one', at + 59_999)]).toEqual([true, true, false])
  expect(limit('other', at + 59_999)).toBe(true)
  expect(limit('one', at + 60_000)).toBe(true)
})
