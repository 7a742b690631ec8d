import { expect, it } from 'vitest'
import { mostTries } from '../../src/activities/deliver.ts'
import { longestPause } from '../../src/workflows/activities.ts'

it('what may pass is tried again for half an hour, however long the pauses between tries are', () => {
  const pauses = Array.from({ length: mostTries - 1 }, (_, tries) =>
    Math.min(1_000 * 2 ** tries, longestPause),
  )
  expect(pauses.reduce((sum, pause) => sum + pause, 0) / 60_000).toBeCloseTo(30, 0)
})
