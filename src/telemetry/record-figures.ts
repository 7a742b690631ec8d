import type { Pool } from 'pg'
import { readFigures } from '../adapters/postgres/figures.ts'
import { query } from '../adapters/postgres/query.ts'
import { answeredInTime } from '../answered-in-time.ts'
import { figuresText, withoutFigures } from './figures-text.ts'

/** So long PostgreSQL may take; Prometheus waits ten seconds. Milliseconds. */
const patience = 4_000
/** So long one answer serves all who ask; milliseconds. */
const freshFor = 10_000

/** The figures of the records for a scrape: asked for once at a time and not more often than they change much. Never fails. */
export function createRecordFigures(pool: Pool, now: () => number = Date.now): () => Promise<string> {
  let kept: { readonly text: Promise<string>; readonly since: number } | undefined
  return () => {
    if (kept === undefined || now() - kept.since > freshFor) {
      const text = read(pool, now())
      kept = { text, since: now() }
    }
    return kept.text
  }
}

async function read(pool: Pool, now: number): Promise<string> {
  const [answer, figures] = await Promise.all([
    answeredInTime(query(pool, 'select 1'), patience),
    answeredInTime(readFigures(pool, now), patience),
  ])
  if (figures !== undefined) return figuresText(figures)
  return withoutFigures(answer === undefined ? 'away' : 'slow')
}
