import type { Pool } from 'pg'
import { whyNot } from '../../core/local/check.ts'
import type { Credential, ProviderReader } from '../../core/ports.ts'
import { isGenuine, type CodeKeys } from './code-keys.ts'
import type { StandingRow } from './local-rows.schema.ts'
import { issuedTo, standingOf } from './standing.ts'

/** Seconds. What Hallpass checks itself can be as short as a sign-in takes. */
export const localTerms = { enabled: true, shortest: 10, longest: 24 * 60 * 60, step: 1 }

/** What is known of what Hallpass itself issued; rows that it did not write do not exist. */
export function createLocalReader(pool: Pool, keys: CodeKeys): ProviderReader {
  const credentials: ProviderReader['credentials'] = async (subject) => {
    const rows = await issuedTo(pool, subject)
    return rows.filter((row) => isGenuine(keys, row)).flatMap((row) => credentialOf(keys, row) ?? [])
  }
  return {
    terms: async () => localTerms,
    credentials,
    credential: async (subject, id) =>
      (await credentials(subject)).find(({ credentialId }) => credentialId === id),
  }
}

/** Undefined where somebody else wrote an extension, which the check refuses: security hears that it vanished. */
function credentialOf(keys: CodeKeys, row: StandingRow): Credential | undefined {
  const standing = standingOf(keys, row)
  const state = standing.isUsed ? 'used' : stateOf[whyNot(standing) ?? 'alive']
  return state && { ...standing.lease, createdAt: row.created_at, state }
}

const stateOf = {
  alive: 'usable',
  used: 'used',
  expired: 'expired',
  voided: 'voided',
  forged: undefined,
  ended: undefined,
} as const
