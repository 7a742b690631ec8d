import { expect, it } from 'vitest'

it('what depends on clocks may be tried twice', ({ task }) => {
  expect(task.retry).toBe(1)
})
