import { z } from 'zod'

const claims = z.object({ roles: z.array(z.string()).default([]) })

/**
 * The application permissions that a token of ours carries. Nobody is let in by them here, so its signature is Graph's
 * business.
 */
export function readRoles(token: string): readonly string[] {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    return claims.parse(payload).roles
  } catch {
    return []
  }
}

const target = z.object({ id: z.string(), targetType: z.string() })

const passPolicy = z.object({
  state: z.string(),
  minimumLifetimeInMinutes: z.number(),
  maximumLifetimeInMinutes: z.number(),
  isUsableOnce: z.boolean(),
  includeTargets: z.array(target).default([]),
  excludeTargets: z.array(target).default([]),
})

/** The tenant's policy of Temporary Access Passes, with whom it includes and excludes. */
export type PassPolicy = Readonly<z.output<typeof passPolicy>>

/** Reads it from Graph's answer. */
export function readPassPolicy(body: unknown): PassPolicy | undefined {
  return passPolicy.safeParse(body).data
}

const assignment = z.object({ principalId: z.string() })

/** Who holds one role. */
export function readPrincipal(body: unknown): string | undefined {
  return assignment.safeParse(body).data?.principalId
}

const object = z.object({ id: z.string() })

/** The id of any object. */
export function readId(body: unknown): string | undefined {
  return object.safeParse(body).data?.id
}
