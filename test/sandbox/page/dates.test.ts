import { describe, expect, it } from 'vitest'
import { clock, dayName, formatDate } from '../../../src/sandbox/page/dates.js'

const at = Date.parse('2026-11-22T23:05:09Z')
const berlin = { now: at, zone: 'Europe/Berlin' }
const dayMs = 86_400_000

describe('the dates of messages', () => {
  it.each([
    ['{time}', '00:05'],
    ['{time_secs}', '00:05:09'],
    ['{date_num}', '2026-11-23'],
    ['{date}', 'November 23, 2026'],
    ['{date_short}', 'Nov 23, 2026'],
    ['{date_long}', 'Monday, November 23, 2026'],
    ['until {date_short_pretty} at {time}', 'Until today at 00:05'],
    ['{constructor} {unknown}', '{constructor} {unknown}'],
  ])('%s in the viewer’s zone', (format, expected) => {
    expect(formatDate(at, format, berlin)).toBe(expected)
  })

  it('differ by zone', () => {
    expect(clock(at, { now: at, zone: 'UTC' })).toBe('23:05')
    expect(formatDate(at, '{date_num}', { now: at, zone: 'UTC' })).toBe('2026-11-22')
  })

  it('name the days around today', () => {
    expect(dayName(at, berlin)).toBe('Today')
    expect(dayName(at - dayMs, berlin)).toBe('Yesterday')
    expect(dayName(at + dayMs, berlin)).toBe('Tomorrow')
    expect(dayName(at - 2 * dayMs, berlin)).toBe('Saturday, November 21')
  })
})
