import { query } from '../../adapters/postgres/query.ts'
import { Fault } from '../../core/fault.ts'
import { isServer } from '../../settings/programs.ts'
import type { Check } from '../check.ts'
import type { Examined } from '../examined.ts'
import { ok, unchecked, warning, wrong, type Finding } from '../finding.ts'
import { readClock } from '../postgres-answers.schema.ts'

const part = 'Clocks'

/** How far this machine's clock is from those of the services: what people sign is good for seconds. */
export function clockChecks({ program, setting, pool }: Examined): readonly Check[] {
  const slack = beside('slack', 'Slack', () => dateOf(setting('SLACK_API_URL')))
  const entra = beside('entra', 'Microsoft Graph', () => dateOf(setting('GRAPH_BASE_URL')))
  return [
    ...(isServer(program) ? [slack] : []),
    ...(program === 'verify' ? [] : [entra]),
    beside('postgresql', 'PostgreSQL', async () => {
      const [row] = await query(pool(), 'select extract(epoch from clock_timestamp()) * 1000 as now')
      return readClock(row)
    }),
  ]
}

function beside(name: string, called: string, ask: () => Promise<number | undefined>): Check {
  return { part, name: `clocks.${name}`, look: async () => judgeClock(called, await skewOf(ask)) }
}

/** Milliseconds. */
const patience = 10_000

/** The hour by any answer of a service, also of one that refuses; to the second. */
async function dateOf(url: string): Promise<number | undefined> {
  const options = { redirect: 'manual', signal: AbortSignal.timeout(patience) } as const
  const response = await fetch(url, options).catch(() => {
    throw new Fault('graph', 'unavailable', 'network')
  })
  await response.body?.cancel()
  const date = Date.parse(response.headers.get('date') ?? '')
  return Number.isNaN(date) ? undefined : date + halfASecond
}

/** A header names the second that has begun. */
const halfASecond = 500

async function skewOf(ask: () => Promise<number | undefined>): Promise<number | undefined> {
  const before = Date.now()
  const theirs = await ask()
  return theirs === undefined ? undefined : theirs - (before + Date.now()) / 2
}

/** Judges by how many milliseconds another clock is ahead of ours. */
export function judgeClock(called: string, skew: number | undefined): readonly Finding[] {
  if (skew === undefined)
    return [unchecked(`${called} does not say what time it is.`, 'Look whether both machines use NTP.')]
  const seconds = Math.round(Math.abs(skew) / 1000)
  if (seconds <= 5) return [ok(`The clock agrees with that of ${called}.`)]
  const says = `The clock of this machine is ${seconds} s ${skew > 0 ? 'behind' : 'ahead of'} that of ${called}`
  const fix = 'Let both machines take the time from NTP.'
  if (seconds < 30) return [warning(`${says}.`, fix)]
  return [wrong(`${says}: what people sign and what Slack sends would count as too old.`, fix)]
}
