const day = 86_400
const hour = 3600
const minute = 60

const amount = String.raw`(\d{1,9}(?:[.,]\d{1,3})?)`
const term = `${amount} ?(d|days?|h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?)`
const spoken = new RegExp(`^${term}(?:(?:,? and |, ?| )?${term})*$`)
const eachTerm = new RegExp(term, 'g')
const iso = new RegExp(`^p(?:${amount}d)?(?:t(?=\\d)(?:${amount}h)?(?:${amount}m)?(?:${amount}s)?)?$`)

/** Longer than any written duration; it keeps the work on hostile text small. */
const mostLetters = 60
const longest = 366 * day

/**
 * Reads a duration as people and policies write it (`90s`, `1h30m`, `2 hours`, `1.5h`, `7d`, `PT1H30M`), in whole
 * seconds. Undefined for everything else: bare numbers, nothing, zero, negative ones, and more than 366 days.
 */
export function parseDuration(text: string): number | undefined {
  const plain = text.trim().toLowerCase()
  if (plain.length > mostLetters) return undefined
  const total = Math.round(readIso(plain) ?? readSpoken(plain) ?? 0)
  return total >= 1 && total <= longest ? total : undefined
}

function readIso(plain: string): number | undefined {
  const parts = iso.exec(plain)
  if (parts === null) return undefined
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => amountOf(part ?? '0'))
  return days * day + hours * hour + minutes * minute + seconds
}

/** Larger units come first and none comes twice: `30m 1h` is a slip, not a duration. */
function readSpoken(plain: string): number | undefined {
  if (!spoken.test(plain)) return undefined
  let total = 0
  let before = Infinity
  for (const [, number = '', unit = ''] of plain.matchAll(eachTerm)) {
    const seconds = secondsIn(unit)
    if (seconds >= before) return undefined
    before = seconds
    total += amountOf(number) * seconds
  }
  return total
}

function secondsIn(unit: string): number {
  if (unit.startsWith('d')) return day
  if (unit.startsWith('h')) return hour
  return unit.startsWith('m') ? minute : 1
}

function amountOf(digits: string): number {
  return Number(digits.replace(',', '.'))
}

/** Says a number of seconds in words, without leaving any out: `1 hour 30 minutes`, `90 seconds`, `7 days`. */
export function sayDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 2 * minute && whole !== minute) return counted(whole, 'second')
  const parts = [
    counted(Math.floor(whole / day), 'day'),
    counted(Math.floor((whole % day) / hour), 'hour'),
    counted(Math.floor((whole % hour) / minute), 'minute'),
    counted(whole % minute, 'second'),
  ]
  return parts.filter((part) => !part.startsWith('0 ')).join(' ')
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
