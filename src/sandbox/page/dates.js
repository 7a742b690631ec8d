/** @typedef {{ now: number, zone: string | undefined }} Viewer now in epoch milliseconds; the zone as Intl names it */

const dayMs = 86_400_000
/** @type {Readonly<Record<'date' | 'short' | 'long', Intl.DateTimeFormatOptions>>} */
const days = {
  date: { month: 'long', day: 'numeric', year: 'numeric' },
  short: { month: 'short', day: 'numeric', year: 'numeric' },
  long: { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' },
}

/** @type {Readonly<Record<string, (at: number, viewer: Viewer) => string>>} */
const tokens = {
  date_num: isoDay,
  date: (at, viewer) => write(at, viewer, days.date),
  date_short: (at, viewer) => write(at, viewer, days.short),
  date_long: (at, viewer) => write(at, viewer, days.long),
  date_pretty: (at, viewer) => nearDay(at, viewer) ?? write(at, viewer, days.date),
  date_short_pretty: (at, viewer) => nearDay(at, viewer) ?? write(at, viewer, days.short),
  date_long_pretty: (at, viewer) => nearDay(at, viewer) ?? write(at, viewer, days.long),
  time: (at, viewer) => clock(at, viewer),
  time_secs: (at, viewer) => clock(at, viewer, '2-digit'),
}

/**
 * Fills Slack's date tokens such as `{date_short} at {time}` for the viewer's zone. A token that is not known stays as it is.
 * @param {number} at epoch milliseconds
 * @param {string} format
 * @param {Viewer} viewer
 */
export function formatDate(at, format, viewer) {
  const filled = format.replaceAll(
    /\{([a-z_]+)\}/g,
    (token, /** @type {string} */ name) =>
      (Object.hasOwn(tokens, name) && tokens[name]?.(at, viewer)) || token,
  )
  return filled.charAt(0).toUpperCase() + filled.slice(1)
}

/**
 * A clock time, 14:05 or with seconds 14:05:09.
 * @param {number} at epoch milliseconds
 * @param {Viewer} viewer
 * @param {'2-digit'} [second]
 */
export function clock(at, viewer, second) {
  return write(at, viewer, {
    hour: '2-digit',
    minute: '2-digit',
    ...(second && { second }),
    hourCycle: 'h23',
  })
}

/**
 * The day above a group of messages: Today, Yesterday, or Monday, November 23.
 * @param {number} at epoch milliseconds
 * @param {Viewer} viewer
 */
export function dayName(at, viewer) {
  const near = nearDay(at, viewer)
  if (near) return near.charAt(0).toUpperCase() + near.slice(1)
  return write(at, viewer, { weekday: 'long', month: 'long', day: 'numeric' })
}

/** The viewer of this browser, now. */
export function viewerNow() {
  return { now: Date.now(), zone: undefined }
}

/**
 * @param {number} at
 * @param {Viewer} viewer
 */
function nearDay(at, viewer) {
  const day = isoDay(at, viewer)
  if (day === isoDay(viewer.now, viewer)) return 'today'
  if (day === isoDay(viewer.now - dayMs, viewer)) return 'yesterday'
  if (day === isoDay(viewer.now + dayMs, viewer)) return 'tomorrow'
  return undefined
}

/**
 * @param {number} at
 * @param {Viewer} viewer
 * @param {Intl.DateTimeFormatOptions} options
 */
function write(at, { zone }, options) {
  return new Intl.DateTimeFormat('en-US', { ...options, ...(zone && { timeZone: zone }) }).format(at)
}

/**
 * @param {number} at
 * @param {Viewer} viewer
 */
function isoDay(at, { zone }) {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', ...(zone && { timeZone: zone }) }).format(at)
}
