import { z } from 'zod'

const processRecord = z.object({
  pid: z.int().positive(),
  command: z.string().min(1),
  stopSignal: z.enum(['SIGTERM', 'SIGINT']),
  /** Where a sandbox can be seen. */
  page: z.string().optional(),
})

export type ProcessRecord = z.infer<typeof processRecord>

/** A record of a process as a file holds it, or nothing when the file was cut off. */
export function parseProcessRecord(text: string): ProcessRecord | undefined {
  try {
    return processRecord.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
