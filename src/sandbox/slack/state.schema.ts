import { z } from 'zod'
import { messageBlocks } from './block-kit.schema.ts'

/** What the workspace keeps over a restart. Views, triggers, response URLs and ephemeral messages are not part of it. */
export const savedState = z.strictObject({
  version: z.literal(1),
  lastMicros: z.int(),
  messages: z.record(
    z.string(),
    z.array(
      z.strictObject({
        ts: z.string(),
        user: z.string(),
        text: z.string(),
        blocks: messageBlocks,
        editedAt: z.string().exactOptional(),
        threadTs: z.string().exactOptional(),
      }),
    ),
  ),
})
