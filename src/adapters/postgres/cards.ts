import type { Pool } from 'pg'
import type { Cards } from '../../core/ports.ts'
import { query } from './query.ts'
import { cardRow, typed } from './rows.schema.ts'

/** Where cards were posted; the latest place of an audience counts. */
export function createCards(pool: Pool): Cards {
  return {
    placeOf: async (exceptionId, audience) => {
      const [row] = await query(
        pool,
        'select channel, ts from card where exception_id = $1 and audience = $2',
        [exceptionId, audience],
      )
      return row === undefined ? undefined : typed(cardRow, row)
    },
    remember: async (exceptionId, audience, place) => {
      await query(
        pool,
        `insert into card (exception_id, audience, channel, ts) values ($1, $2, $3, $4)
         on conflict (exception_id, audience) do update set channel = excluded.channel, ts = excluded.ts`,
        [exceptionId, audience, place.channel, place.ts],
      )
    },
    isKnown: async (exceptionId, { channel, ts }) => {
      const rows = await query(
        pool,
        'select channel, ts from card where exception_id = $1 and channel = $2 and ts = $3',
        [exceptionId, channel, ts],
      )
      return rows.length > 0
    },
  }
}
