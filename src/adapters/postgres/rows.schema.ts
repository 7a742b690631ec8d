import { z } from 'zod'
import type { KnownState } from '../../core/exception/state.ts'
import type { Case } from '../../core/fraud/state.ts'
import { Fault } from '../../core/fault.ts'
import type { PersonId } from '../../core/ids.ts'
import type { PinnedPolicy } from '../../core/policy/policy.ts'

export const bytes = z.instanceof(Buffer)
export const time = z.date().transform((date) => date.getTime())
export const person = z
  .string()
  .regex(/^(?:entra|slack):/)
  .transform((id) => id as PersonId)

// Only this program writes the projection, through core's evolve; the shape is core's to know.
const state = z
  .looseObject({ status: z.enum(['requested', 'waiting', 'approved', 'active', 'ending', 'ended']) })
  .transform((stored) => stored as unknown as KnownState)

const followUp = {
  follow_up_status: z.enum(['open', 'closed']).nullable(),
  follow_up_reminders: z.int(),
}

/** Gives a row its type. Throws a Fault that holds nothing of the row when it does not fit. */
export function typed<Schema extends z.ZodType>(schema: Schema, row: unknown): z.output<Schema> {
  const read = schema.safeParse(row)
  if (!read.success) throw new Fault('postgres', 'nonsense', 'row')
  return read.data
}

export const idRow = z.object({ exception_id: z.string() })
export const chainRow = z.object({ chain: z.string() })
export const linkRow = z.object({ seq: z.int(), bytes, hash: bytes })
export const stateRow = z.object({ state })
export const headRow = z.object({ seq: z.int(), hash: bytes })
export const writableRow = z.object({ writable: z.boolean() })
export const cardRow = z.object({ channel: z.string(), ts: z.string() })
export const instantRow = z.object({ at: time })
export const firstSeenRow = z.object({ first_seen: time })
export const personRow = z.object({ person })
export const accountRow = z.object({ team: z.string(), user_id: z.string() })
export const kindRow = z.object({ kind: z.enum(['production', 'sandbox']) })
export const nameRow = z.object({ name: z.string() })
export const setUpRow = z.object({ migrations: z.boolean(), mark: z.boolean() })
export const rightsRow = z.object({ too_many: z.boolean() })

export const viewRow = z.object({ exception_id: z.string(), display_id: z.string(), state, ...followUp })

// Likewise of a case.
const caseState = z
  .looseObject({ status: z.enum(['open', 'closed']) })
  .transform((stored) => stored as unknown as Case)
export const caseRow = z.object({ case_id: z.string(), state: caseState })
export const countRow = z.object({ count: z.int() })

export const intentRow = z.object({
  exception_id: z.string(),
  attempt: z.int(),
  subject: person,
  claim: z.string(),
  before: z.array(z.string()),
  at: time,
  deadline: time,
})

// Whether it is a policy is told by the hash of its canonical text, which the reader compares.
export const policyRow = z.object({
  body: z.unknown().transform((body) => body as PinnedPolicy['policy']),
})

export const revocationRow = z.object({
  id: z.string(),
  exception_id: z.string(),
  envelope: z.unknown(),
  done: z.array(z.enum(['credential-ended', 'closed'])),
})
