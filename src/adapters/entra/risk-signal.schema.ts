import { z } from 'zod'
import type { RiskSignal } from '../../core/fraud/ports.ts'

/** How Graph calls a user's report of a sign-in that they did not start. */
export const reportedByUser = 'userReportedSuspiciousActivity'

/** The properties that make a signal: neither addresses nor places are asked for. */
export const signalProperties = 'id,userId,riskEventType,detectedDateTime'

const detection = z.object({ riskEventType: z.string().nullish() })

const report = z.object({
  id: z.string().min(1),
  userId: z.guid(),
  detectedDateTime: z.iso.datetime({ offset: true }),
})

/** A risk detection; *other* where it is no user's report, whatever was asked for. */
export function readRiskSignal(body: unknown): RiskSignal | 'other' | undefined {
  const type = detection.safeParse(body).data?.riskEventType
  if (typeof type === 'string' && type !== reportedByUser) return 'other'
  const found = type === reportedByUser ? report.safeParse(body).data : undefined
  return (
    found && {
      id: found.id,
      subject: `entra:${found.userId.toLowerCase()}`,
      at: Date.parse(found.detectedDateTime),
    }
  )
}
