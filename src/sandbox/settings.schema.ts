import { z } from 'zod'

const own = z.object({
  HALLPASS_SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(4747),
  HALLPASS_SANDBOX_STATE_DIR: z.string().min(1).optional(),
  HALLPASS_SANDBOX_TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s:/]+:\d+$/, 'host:port')
    .optional(),
})

/** The sandbox's own settings; throws one error that lists all that is wrong. */
export function parseOwnSettings(env: Readonly<Record<string, string | undefined>>): z.infer<typeof own> {
  // `NAME=` in a shell means the same as no setting.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = own.safeParse(given)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The sandbox can't use its settings. ${wrong.join('; ')}`)
}
