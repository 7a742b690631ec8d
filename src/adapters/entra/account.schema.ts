import { z } from 'zod'

const account = z.object({ accountEnabled: z.boolean() })

/** Whether the account may sign in. */
export function readEnabled(body: unknown): boolean | undefined {
  return account.safeParse(body).data?.accountEnabled
}
