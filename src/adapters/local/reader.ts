import type { Pool } from 'pg'
import { providers } from '../../core/kinds.ts'
import { wrongTriesThatVoid } from '../../core/local/check.ts'
import type { Credential, ProviderReader } from '../../core/ports.ts'
import { isGenuine, type CodeKeys } from './code-keys.ts'
import type { StandingRow } from './local-rows.schema.ts'
import { issuedTo } from './standing.ts'

/** What Hallpass accepts of itself, in seconds. */
export const localTerms = { enabled: true, ...providers.local.usualTerms }

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
