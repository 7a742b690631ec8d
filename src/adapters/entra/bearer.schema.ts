import { z } from 'zod'
import type { PersonId } from '../../core/ids.ts'

const claims = z.object({ oid: z.guid(), scp: z.string() })

/** Whom a token of the tenant was given to, and what for; undefined where it was given to no person. */
export function readClaims(
  payload: unknown,
): { readonly person: PersonId; readonly scopes: readonly string[] } | undefined {
  const found = claims.safeParse(payload).data
  return found && { person: `entra:${found.oid.toLowerCase()}`, scopes: found.scp.split(' ') }
}
