import { z } from 'zod'
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
})

export type StandingRow = z.infer<typeof standingRow>

export const userRow = z.object({ application: z.string(), user_name: z.string() })
export const clockRow = z.object({ now: time })
export const headRow = z.object({ seq: z.int(), hash: bytes })
