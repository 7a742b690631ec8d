import { z } from 'zod'
import type { PersonId } from '../../core/ids.ts'
import { bytes, person, time } from '../postgres/rows.schema.ts'

const issued = z.object({
  id: z.string(),
  exception_id: z.string(),
  subject: person,
  application: z.string(),
  user_name: z.string(),
  form: z.enum(['code', 'let-in']),
  salt: bytes,
  digest: bytes,
  created_at: time,
  expires_at: time,
  mac: bytes,
})

/** What was issued, as it rests. Times in epoch milliseconds. */
export type Issued = z.infer<typeof issued>

/** The same with what the database knows of it now. */
export const standingRow = issued.extend({
  now: time,
  used: z.boolean(),
  end_mac: bytes.nullable(),
  extended_to: z.array(time),
  extension_macs: z.array(bytes),
  wrong_tries: z.int(),
  // One place for each end of a denial, or one without an end.
  denial_ids: z.array(z.string()),
  denial_cases: z.array(z.string()),
  denial_end_macs: z.array(bytes.nullable()),
})

export type StandingRow = z.infer<typeof standingRow>

/** A report of a fraud as such. */
export const signalOnlyRow = z.object({
  id: z.string(),
  source: z.enum(['fraud-code', 'risk-detection']),
  external_id: z.string(),
  subject: person.nullable(),
  application: z.string().nullable(),
  user_name: z.string().nullable(),
  client: z.string().nullable(),
  at: time,
  mac: bytes,
})

/** A report of a fraud, as it rests. Time in epoch milliseconds. */
export type Signal = z.infer<typeof signalOnlyRow>

/** The same with the MACs by which it was heard. */
export const signalRow = signalOnlyRow.extend({ done_macs: z.array(bytes) })

export type SignalRow = z.infer<typeof signalRow>

/** What the MACs of a denial and of its end are over. */
export type Denial = { readonly id: string; readonly caseId: string; readonly subject: PersonId }

export const idOnlyRow = z.object({ id: z.string() })
export const userRow = z.object({ application: z.string(), user_name: z.string() })
export const clockRow = z.object({ now: time })
