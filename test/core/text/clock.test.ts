import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clockTime,
  dayAndTime,
  endingTime,
  exactTime,
  utcDay,
  utcTime,
} from '../../../src/core/text/clock.ts'

const noon = Date.UTC(2026, 10, 23, 12, 0)

describe('a moment', () => {
  it('is a time on the reader’s own clock, with UTC where Slack can’t say it', () => {
    expect(clockTime(noon).mrkdwn).toBe(`<!date^${noon / 1000}^{time}|12:00 UTC>`)
  })

  it('has seconds where it is said exactly', () => {
    expect(exactTime(noon + 5_000).mrkdwn).toBe(`<!date^${noon / 1000 + 5}^{time_secs}|12:00:05 UTC>`)
  })

  it('has seconds where only minutes are left until it', () => {
    expect(endingTime(noon + 599_999, noon)).toEqual(exactTime(noon + 599_999, noon))
    expect(endingTime(noon + 600_000, noon)).toEqual(clockTime(noon + 600_000, noon))
  })

  it('has its date when it is on another day than what it is told of', () => {
    const next = Date.UTC(2026, 10, 24, 0, 10)
    expect(clockTime(next, noon).mrkdwn).toBe(
      `<!date^${next / 1000}^{time} {date_short_pretty}|24 Nov 2026, 00:10 UTC>`,
    )
  })

  it('always has its date in a list', () => {
    expect(dayAndTime(noon + 999).mrkdwn).toBe(
      `<!date^${noon / 1000}^{time} {date_short_pretty}|23 Nov 2026, 12:00 UTC>`,
    )
  })

  it('agrees with the calendar on every day from 1900 to 2400', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2400, 0, 1) }), (at) => {
        const date = new Date(at)
        const month = date.toLocaleString('en-US', { month: 'short', timeZone: 'UTC' })
        expect(utcDay(at)).toBe(`${date.getUTCDate()} ${month} ${date.getUTCFullYear()}`)
        expect(utcTime(at)).toBe(`${date.toISOString().slice(11, 16)} UTC`)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    [Date.UTC(2024, 1, 29), '29 Feb 2024'],
    [Date.UTC(2100, 2, 1), '1 Mar 2100'],
    [Date.UTC(1999, 11, 31), '31 Dec 1999'],
    [0, '1 Jan 1970'],
    [-1, '31 Dec 1969'],
  ])('knows the calendar’s corners: %i', (at, says) => {
    expect(utcDay(at)).toBe(says)
  })
})
