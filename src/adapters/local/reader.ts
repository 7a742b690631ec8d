import type { Pool } from 'pg'
import { wrongTriesThatVoid } from '../../core/local/check.ts'
import type { Credential, ProviderReader } from '../../core/ports.ts'
import { isGenuine, type CodeKeys } from './code-keys.ts'
import type { StandingRow } from './local-rows.schema.ts'
import { issuedTo } from './standing.ts'

/** Seconds. What Hallpass checks itself can be as short as a sign-in takes. */
export const localTerms = { enabled: true, shortest: 10, longest: 24 * 60 * 60, step: 1 }

/** What is known of what Hallpass itself issued; rows that it did not write do not exist. */
export function createLocalReader(pool: Pool, keys: CodeKeys): ProviderReader {
  const credentials: ProviderReader['credentials'] = async (subject) => {
    const rows = await issuedTo(pool, subject)
    return rows.filter((row) => isGenuine(keys, row)).map(credentialOf)
  }
  return {
    terms: async () => localTerms,
    credentials,
    credential: async (subject, id) =>
      (await credentials(subject)).find(({ credentialId }) => credentialId === id),
  }
}

function credentialOf(row: StandingRow): Credential {
  const { id: credentialId, created_at: createdAt, expires_at: expiresAt } = row
  return { credentialId, createdAt, startsAt: createdAt, expiresAt, state: stateOf(row) }
}

function stateOf({ used, expired, wrong_tries: wrongTries }: StandingRow): Credential['state'] {
  if (used) return 'used'
  if (expired) return 'expired'
  return wrongTries >= wrongTriesThatVoid ? 'voided' : 'usable'
}
