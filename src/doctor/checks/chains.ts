import type { Pool } from 'pg'
import { ownChains } from '../../adapters/postgres/rights.ts'
import { isServer } from '../../settings/programs.ts'
import type { Check } from '../check.ts'
import type { Examined } from '../examined.ts'
import { ok, wrong, type Finding } from '../finding.ts'
import { isAllowed } from '../is-allowed.ts'

/** Whether a program that has chains of its own in the ledger can write those, and no others. */
export function chainChecks({ program, pool }: Examined): readonly Check[] {
  if (isServer(program)) return []
  const role = program === 'verify' ? 'hallpass_verify' : 'hallpass_codec'
  return [{ part: 'PostgreSQL', name: 'postgresql.chains', look: () => lookAtChains(pool(), role) }]
}

type Role = keyof typeof ownChains

async function lookAtChains(pool: Pool, role: Role): Promise<readonly Finding[]> {
  const [own, others] = [await mayAddTo(pool, ownChains[role]), await mayAddTo(pool, 'exception/')]
  return judgeChains(role, { own, others })
}

/** Whether the role may add facts to chains that begin so: tried with one that nobody has. */
function mayAddTo(pool: Pool, prefix: string): Promise<boolean> {
  return isAllowed(
    pool,
    `insert into fact (chain, seq, bytes, hash) values ('${prefix}the doctor', 1, '', sha256(''))`,
  )
}

/** Judges into which chains a role was let write. */
function judgeChains(
  role: Role,
  { own, others }: { readonly own: boolean; readonly others: boolean },
): readonly Finding[] {
  const chains = `${ownChains[role]}...`
  if (others)
    return [
      wrong(
        'DATABASE_URL connects as a role that may add facts to chains that are not its own.',
        `Connect as ${role}, and run \`hallpass migrate\` again: it closes every chain to it but ${chains}.`,
      ),
    ]
  if (own) return [ok(`Facts can be added to the chains ${chains} and to no others.`)]
  return [
    wrong(
      `DATABASE_URL connects as a role that may not add facts to the chains ${chains}: nothing would be answered.`,
      `Connect as ${role}, and run \`hallpass migrate\` again: it grants the rights.`,
    ),
  ]
}
