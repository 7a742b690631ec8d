import { assert, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDuration, sayDuration } from '../../src/core/duration.ts'

describe('a duration is read as people and policies write it', () => {
  it.each([
    ['90s', 90],
    ['5m', 300],
    ['90m', 5400],
    ['1h30m', 5400],
    ['1h 30m', 5400],
    ['1h, 30m', 5400],
    ['1 hour and 30 minutes', 5400],
    ['7d', 604_800],
    ['1.5h', 5400],
    ['1,5h', 5400],
    ['90 min', 5400],
    ['90min', 5400],
    ['2 hours', 7200],
    ['2hrs', 7200],
    ['45 secs', 45],
    ['1 day 2 hours', 93_600],
    ['PT1H', 3600],
    ['pt1h30m', 5400],
    ['PT90S', 90],
    ['P1D', 86_400],
    ['P1DT12H', 129_600],
    ['P366D', 31_622_400],
    ['  1H  ', 3600],
  ])('%s is %i seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds)
  })
})

describe('what is not a duration is refused', () => {
  it.each([
    ['a bare number', '90'],
    ['nothing', ''],
    ['zero', '0m'],
    ['less than half a second', '0.4s'],
    ['a negative duration', '-5m'],
    ['more than a year and a day', '367d'],
    ['an overflow', '999999999h'],
    ['digits without end', `${'9'.repeat(400)}m`],
    ['a small unit before a large one', '30m 1h'],
    ['a unit said twice', '1h1h'],
    ['months, which have no length', 'P1M'],
    ['an empty ISO duration', 'P'],
    ['an ISO duration that stops after T', 'PT'],
    ['a unit alone', 'h'],
    ['an unknown unit', '3 weeks'],
    ['a leading joint', 'and 5m'],
    ['a trailing joint', '5m,'],
    ['a number without unit after a unit', '1h30'],
    ['digits of another script', '٩٠m'],
  ])('%s', (_what, text) => {
    expect(parseDuration(text)).toBeUndefined()
  })
})

describe('a duration is said in words', () => {
  it.each([
    [1, '1 second'],
    [59, '59 seconds'],
    [60, '1 minute'],
    [90, '90 seconds'],
    [120, '2 minutes'],
    [150, '2 minutes 30 seconds'],
    [3600, '1 hour'],
    [5400, '1 hour 30 minutes'],
    [86_400, '1 day'],
    [90_061, '1 day 1 hour 1 minute 1 second'],
    [604_800, '7 days'],
    [0, '0 seconds'],
  ])('%i is said as %s', (seconds, words) => {
    expect(sayDuration(seconds)).toBe(words)
  })

  it('what is said can be read back without loss', () => {
    assert(
      property(integer({ min: 1, max: 31_622_400 }), (seconds) => {
        expect(parseDuration(sayDuration(seconds))).toBe(seconds)
      }),
    )
  })
})
