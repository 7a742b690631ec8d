import type { Markup } from './markup.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const day = 86_400_000
/** Below this seconds matter; milliseconds. */
const fewMinutes = 600_000

/**
 * A moment on the reader's own clock, with the date when it is not on the (UTC) day of `since`. Epoch milliseconds.
 * Slack shows the part after the bar where it can't render dates.
 */
export function clockTime(at: number, since: number = at): Markup {
  if (Math.floor(at / day) !== Math.floor(since / day)) return dayAndTime(at)
  return slackDate(at, '{time}', utcTime(at))
}

/** The same to the second, for what lives only minutes. */
export function exactTime(at: number, since: number = at): Markup {
  if (Math.floor(at / day) !== Math.floor(since / day)) return dayAndTime(at)
  return slackDate(at, '{time_secs}', utcTime(at).replace(' ', `:${twoDigits(Math.floor(at / 1000) % 60)} `))
}

/** Until when something works that is over soon: to the second where only minutes are left at `since`. */
export function endingTime(at: number, since: number): Markup {
  return (at - since < fewMinutes ? exactTime : clockTime)(at, since)
}

/**
 * A moment with its date, for lists and stories that are read on any day. Epoch milliseconds. The date comes last: Slack
 * begins what it fills in with a capital, and a “Today” would stand in the middle of a sentence.
 */
export function dayAndTime(at: number): Markup {
  return slackDate(at, '{time} {date_short_pretty}', `${utcDay(at)}, ${utcTime(at)}`)
}

/** `14:20 UTC`. Epoch milliseconds. */
export function utcTime(at: number): string {
  const minutes = Math.floor((((at % day) + day) % day) / 60_000)
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)} UTC`
}

/** `23 Nov 2026`, by the civil calendar's era arithmetic (years begin in March, eras of 400 years). Epoch milliseconds. */
export function utcDay(at: number): string {
  const days = Math.floor(at / day) + 719_468
  const era = Math.floor(days / 146_097)
  const ofEra = days - era * 146_097
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100))
  const sinceMarch = Math.floor((5 * ofYear + 2) / 153)
  const date = ofYear - Math.floor((153 * sinceMarch + 2) / 5) + 1
  const month = (sinceMarch + 2) % 12
  return `${date} ${months[month] ?? ''} ${year + era * 400 + (month < 2 ? 1 : 0)}`
}

function slackDate(at: number, format: string, fallback: string): Markup {
  return { mrkdwn: `<!date^${Math.floor(at / 1000)}^${format}|${fallback}>` }
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0')
}
