import { z } from 'zod'

const count = z.coerce.number()

export const exceptionRow = z.object({
  kind: z.string(),
  status: z.string(),
  outcome: z.string().nullable(),
  count,
})
export const approvalRow = z.object({ kind: z.string(), bucket: z.int(), count, seconds: count })
export const overdueRow = z.object({ kind: z.string(), status: z.string(), count })
export const followUpRow = z.object({ open: count, overdue: count, reminders: count })
export const caseRow = z.object({ reported: count, taken: count, untaken: count, waiting_seconds: count })
export const checkRow = z.object({ let_in: count, refused: count })
export const outboxRow = z.object({
  revocations: count,
  oldest_seconds: count,
  signals: count,
})
