import { exposition, gauge } from './exposition.ts'

const names = { temporal: 'Temporal', slack: 'Slack' } as const

/** Whether the parts answered this scrape; PostgreSQL is told of with its figures. */
export function partsUp(states: Readonly<Record<string, 'ok' | 'away'>>): string {
  return exposition(
    (['temporal', 'slack'] as const).map((part) =>
      gauge(
        `hallpass_${part}_up`,
        `Whether ${names[part]} answered this scrape.`,
        states[part] === 'ok' ? 1 : 0,
      ),
    ),
  )
}
