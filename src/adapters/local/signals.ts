import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import type { FraudSignal, FraudSignals } from '../../core/fraud/ports.ts'
import { query } from '../postgres/query.ts'
import { isSame } from './secret-key.ts'
import type { SignalKeys } from './signal-keys.ts'
import { signalOnlyRow, signalRow, type SignalRow } from './local-rows.schema.ts'

/** For so long it is looked at whether Hallpass itself wrote that a signal was heard. */
const doubtedFor = '7 days'

/** Reports of frauds in PostgreSQL; those that Hallpass did not write do not exist. */
export function createFraudSignals(pool: Pool, keys: SignalKeys): FraudSignals {
  return {
    async record({ id: externalId, subject, at }) {
      const unsigned = { ...nothingElse, id: randomUUID(), external_id: `risk-detection/${externalId}`, at }
      const signal = { ...unsigned, source: 'risk-detection' as const, subject }
      await query(
        pool,
        `insert into fraud_signal (id, source, external_id, subject, at, mac) values ($1, $2, $3, $4, $5, $6)
         on conflict (external_id) do nothing`,
        [signal.id, signal.source, signal.external_id, subject, new Date(at), keys.macOfSignal(signal)],
      )
    },
    async latestDetection() {
      // A time that somebody else wrote would leave out what was reported before it.
      const rows = await query(
        pool,
        `select * from fraud_signal where source = 'risk-detection' order by at desc`,
      )
      const readable = rows.flatMap((row) => signalOnlyRow.safeParse(row).data ?? [])
      return readable.find((row) => isSame(keys.macOfSignal(row), row.mac))?.at
    },
    async pending() {
      const rows = await query(
        pool,
        `select s.id, s.source, s.external_id, s.subject, s.application, s.user_name, s.client, s.at, s.mac, d.done_macs
         from fraud_signal s cross join lateral (
           select coalesce(array_agg(mac), '{}') as done_macs from fraud_signal_done where signal_id = s.id) d
         where d.done_macs = '{}' or s.at > clock_timestamp() - interval '${doubtedFor}'
         order by s.at, s.id`,
      )
      // A row that can't be read was written by somebody else, and must not stand in the way of the others.
      const readable = rows.flatMap((row) => signalRow.safeParse(row).data ?? [])
      return readable.filter((row) => isPending(keys, row)).flatMap((row) => signalOf(row) ?? [])
    },
    async done(id) {
      const once = 'insert into fraud_signal_done (signal_id, mac) values ($1, $2) on conflict do nothing'
      await query(pool, once, [id, keys.macOfSignalDone(id)])
    },
  }
}

const nothingElse = { application: null, user_name: null, client: null }

function isPending(keys: SignalKeys, row: SignalRow): boolean {
  const done = keys.macOfSignalDone(row.id)
  return isSame(keys.macOfSignal(row), row.mac) && !row.done_macs.some((mac) => isSame(done, mac))
}

function signalOf({ id, at, source, subject, ...row }: SignalRow): FraudSignal | undefined {
  if (source === 'risk-detection') return subject === null ? undefined : { id, at, source, subject }
  const { application, user_name: userName, client } = row
  if (application === null || client === null) return undefined
  if (subject !== null) return { id, at, source, application, client, who: { subject } }
  return userName === null ? undefined : { id, at, source, application, client, who: { userName } }
}
