import { exposition } from './exposition.ts'

const names = { temporal: 'Temporal', slack: 'Slack' } as const

/** Whether the parts answered this scrape; PostgreSQL is told of with its figures. */
export function partsUp(states: Readonly<Record<string, 'ok' | 'away'>>): string {
  const parts = ['temporal', 'slack'] as const
  return exposition(
    parts.map((part) => ({
      name: `hallpass_${part}_up`,
      help: `Whether ${names[part]} answered this scrape.`,
      type: 'gauge',
      samples: [{ value: states[part] === 'ok' ? 1 : 0 }],
    })),
  )
}
