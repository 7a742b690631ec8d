import type { Pool } from 'pg'
import type { Deliveries } from '../../core/ports.ts'
import { sha256 } from '../signing/keys.ts'
import { query } from './query.ts'
import { firstSeenRow, typed } from './rows.schema.ts'

/** What came from Slack, by the hash of Slack's name of it. The first one to write it down is believed by all. */
export function createDeliveries(pool: Pool): Deliveries {
  return {
    firstSeen: async (delivery, now) => {
      const id = Buffer.from(sha256(delivery), 'hex')
      await query(
        pool,
        'insert into slack_delivery (id, first_seen) values ($1, $2) on conflict do nothing',
        [id, new Date(now)],
      )
      const [row] = await query(pool, 'select first_seen from slack_delivery where id = $1', [id])
      return typed(firstSeenRow, row).first_seen
    },
  }
}
