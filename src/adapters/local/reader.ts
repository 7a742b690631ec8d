import type { Pool } from 'pg'
import { whyOver } from '../../core/local/check.ts'
import { providers } from '../../core/kinds.ts'
import type { Credential, ProviderReader } from '../../core/ports.ts'
import { isGenuine, type CodeKeys } from './code-keys.ts'
import type { StandingRow } from './local-rows.schema.ts'
import { issuedTo, standingOf } from './standing.ts'

/** What Hallpass accepts of itself, in seconds. */
export const localTerms = { enabled: true, ...providers.local.usualTerms }

/** What is known of what Hallpass itself issued for applications that `isOwn`; rows that it did not write do not exist. */
export function createLocalReader(
  pool: Pool,
  keys: CodeKeys,
  isOwn: (application: string) => boolean,
): ProviderReader {
  const credentials: ProviderReader['credentials'] = async (subject) => {
    const rows = await issuedTo(pool, subject)
    const own = rows.filter((row) => isOwn(row.application) && isGenuine(keys, row))
    return own.flatMap((row) => credentialOf(keys, row) ?? [])
  }
  return {
    terms: async () => localTerms,
    credentials,
    credential: async (subject, id) =>
      (await credentials(subject)).find(({ credentialId }) => credentialId === id),
  }
}

/**
 * Undefined where somebody else wrote an extension, which the check refuses: security hears that it vanished. A denial
 * is about the person: what was issued to them lives on meanwhile, and ends as it would have.
 */
function credentialOf(keys: CodeKeys, row: StandingRow): Credential | undefined {
  const standing = standingOf(keys, row)
  const state = standing.isUsed ? 'used' : stateOf[whyOver(standing) ?? 'alive']
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
