import type { SystemReport } from '../../../src/core/system/report.ts'

const now = Date.UTC(2026, 8, 1, 13, 37)
const minutesAgo = (minutes: number): number => now - minutes * 60_000

/** Everything is there and nothing is switched off. */
export const wellReport: SystemReport = {
  version: '1.2.3',
  now,
  startedAt: minutesAgo(62),
  parts: [
    { part: 'postgres', isThere: true, last: now },
    { part: 'temporal', isThere: true, last: now },
    { part: 'worker', isThere: true, last: minutesAgo(1) },
    { part: 'slack', isThere: true, last: now },
    { part: 'graph', isThere: true, last: now },
    { part: 'check', last: minutesAgo(7) },
  ],
  passPolicy: { enabled: true, shortest: 600, usual: 3600, longest: 28_800, once: true },
  limits: [
    { service: 'graph', inTenSeconds: 3, throttled: 0, budget: 5 },
    { service: 'slack', inTenSeconds: 1, throttled: 2, throttledAt: minutesAgo(5) },
  ],
  off: [],
  policy: { hash: '0123456789abcdef', since: minutesAgo(3) },
}
