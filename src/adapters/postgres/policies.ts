import type { Pool } from 'pg'
import { canonical } from '../../core/envelope/canonical.ts'
import type { PinnedPolicy } from '../../core/policy/policy.ts'
import type { Policies } from '../../core/ports.ts'
import { sha256 } from '../signing/keys.ts'
import { query } from './query.ts'
import { policyRow, typed } from './rows.schema.ts'

/** Policies that were ever in force here; `current` is the one of this program's policy file. */
export function createPolicies(pool: Pool, current: PinnedPolicy): Policies {
  return {
    current: () => current,
    byHash: async (hash) => {
      if (hash === current.hash) return current
      const [row] = await query(pool, 'select body from policy_version where hash = $1', [hash])
      if (row === undefined) return undefined
      const policy = typed(policyRow, row).body
      // A row that was changed is not a policy: the hash is what an exception pinned and the bot signed.
      return hashOf(policy) === hash ? { hash, policy } : undefined
    },
  }
}

/** Keeps a policy for the exceptions that will pin it; at start-up. Throws when the hash is not that of its content. */
export async function adopt(pool: Pool, { hash, policy }: PinnedPolicy): Promise<void> {
  if (hashOf(policy) !== hash)
    throw new TypeError('The hash of a policy is the sha256 of its canonical text.')
  await query(pool, 'insert into policy_version (hash, body) values ($1, $2) on conflict do nothing', [
    hash,
    canonical(policy),
  ])
}

function hashOf(policy: unknown): string {
  return sha256(canonical(policy))
}
