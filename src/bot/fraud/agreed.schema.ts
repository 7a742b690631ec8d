import { z } from 'zod'

const agreed = z.object({ caseId: z.string(), close: z.string() })

/** What the window said that its reader agrees to. Throws when it is not one of ours: Slack hands back what we gave it. */
export function agreedTo(metadata: string): z.output<typeof agreed> {
  return agreed.parse(JSON.parse(metadata))
}
