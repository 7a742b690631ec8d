import { sayDuration } from '../../duration.ts'
import type { Limit, Part, PartState, PassPolicy } from '../../system/report.ts'
import type { SwitchedOff } from '../../system/switched-off.ts'
import { clockTime, dayAndTime } from '../clock.ts'
import { joined, say, type Markup } from '../markup.ts'

/** What the parts are called, at the beginning of a line. */
const partNames: Readonly<Record<Part, string>> = {
  postgres: 'Database (PostgreSQL)',
  temporal: 'Engine (Temporal)',
  worker: 'Workers',
  slack: 'Slack',
  graph: 'Microsoft Entra',
  check: 'Check for VPN and portals',
}

const offWords: Readonly<Record<SwitchedOff, string>> = {
  bypasses: 'bypasses: the policy names no application',
  'let-in': 'let-ins without a code: no application has them',
  message: 'codes in a message: they are shown in a window only',
  'sign-out': 'signing people out when something is revoked',
  ticket: 'tickets are not asked for',
  'block-at-once': 'blocking an account at once, for some who report fraud',
  'never-block': 'a set of people who are never blocked without security',
  'fraud-code': 'the fraud code at the check',
  'risk-detections': 'reports from Microsoft’s own app: Hallpass may not read them',
  'personal-keys': 'closing cases without Slack: nobody has a key',
  phone: 'a phone number of security',
}

/** How Hallpass is, for security. */
export const systemText = {
  onlySecurity: (command: string): Markup =>
    say`Only security can see how Hallpass is. \`${command} help\` shows what you can do.`,
  title: (version: string): string => `Hallpass ${version}`,
  push: 'How Hallpass is.',
  up: (startedAt: number, now: number): Markup =>
    say`The process that answers you runs since ${dayAndTime(startedAt)}, for ${sayDuration(wholeMinutes(now - startedAt))}.`,
  parts: say`*Parts*`,
  part: ({ part, isThere, last }: PartState, now: number): Markup => {
    const name = partNames[part]
    if (isThere === undefined) {
      return last === undefined
        ? say`${name}: nobody has asked it yet.`
        : say`${name}: last asked ${clockTime(last, now)}.`
    }
    if (isThere) return say`${name}: answers${last === undefined ? say`` : say`, ${clockTime(last, now)}`}.`
    return last === undefined
      ? say`${name}: *does not answer*, and has not since the start.`
      : say`${name}: *does not answer*, last did ${clockTime(last, now)}.`
  },
  passes: say`*Passes, as Microsoft Entra’s policy has them now*`,
  passPolicy: (policy: PassPolicy | undefined): Markup => {
    if (policy === undefined) return say`It can’t be read now.`
    const { enabled, shortest, usual, longest, once } = policy
    return joined(
      ' ',
      enabled ? say`Switched on.` : say`*Switched off: no pass can be made.*`,
      say`From ${sayDuration(shortest)} to ${sayDuration(longest)}, ${sayDuration(usual)} where nothing is said.`,
      once ? say`Each works once, by the tenant’s policy.` : say`Hallpass asks for passes that work once.`,
    )
  },
  limits: say`*Limits*`,
  limit: ({ service, inTenSeconds, throttled, throttledAt, budget }: Limit, now: number): Markup =>
    joined(
      ' ',
      say`${partNames[service]}: ${inTenSeconds} ${inTenSeconds === 1 ? 'request' : 'requests'} of this process in the last 10 seconds${budget === undefined ? '' : `; all workers together take ${budget}, for passes`}.`,
      throttledAt === undefined
        ? say`Never told to ask less.`
        : say`Told to ask less: ${throttled === 1 ? 'once' : `${throttled} times`}, last ${clockTime(throttledAt, now)}.`,
    ),
  off: say`*Switched off*`,
  offItem: (name: SwitchedOff): Markup => say`• ${offWords[name]}`,
  nothingOff: (): Markup => say`Nothing.`,
  policy: (hash: string, since: number | undefined): Markup =>
    since === undefined
      ? say`Policy ${hash.slice(0, 12)}.`
      : say`Policy ${hash.slice(0, 12)}, first used ${dayAndTime(since)}.`,
} as const

/** In seconds, as `sayDuration` wants them. */
function wholeMinutes(milliseconds: number): number {
  const seconds = Math.floor(milliseconds / 1000)
  return seconds < 60 ? seconds : seconds - (seconds % 60)
}
