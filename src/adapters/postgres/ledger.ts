import type { Pool } from 'pg'
import { Fault } from '../../core/fault.ts'
import type { Ledger } from '../../core/ports.ts'
import { beginning, chainHash, chainSubject, link, type Link } from './chain.ts'
import { projectCase } from './project-case.ts'
import { projectException, projectFollowUp } from './projection.ts'
import { prepared, query, transaction, type Session } from './query.ts'
import { linkRow, typed, writableRow } from './rows.schema.ts'

/** The ledger in PostgreSQL. The rule of its chains is described in docs/ledger.md. */
export function createLedger(pool: Pool): Ledger {
  return {
    append: async (chain, facts) => {
      const { about, id } = chainSubject(chain)
      const links = facts.map((fact) => link(chain, fact))
      const [first] = links
      if (first === undefined) return
      await transaction(pool, async (session) => {
        await lockChain(session, chain)
        const fresh = await insertNew(session, chain, first.seq, links)
        if (fresh === 0) return
        await project[about](session, id, facts.slice(facts.length - fresh))
      })
    },
    writable: async () => {
      const [row] = await query(
        pool,
        `select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off'
           and has_table_privilege('fact', 'insert') and has_table_privilege('detail', 'insert')
           and has_table_privilege('intent', 'insert') as writable`,
      )
      if (!typed(writableRow, row).writable) throw new Fault('postgres', 'unavailable', 'read-only')
    },
  }
}

// An alarm is nobody's state, and what became of a revocation is read where it stands.
const project = {
  exception: projectException,
  'follow-up': projectFollowUp,
  case: projectCase,
  alarm: () => Promise.resolve(),
  revocation: () => Promise.resolve(),
}

/** Until the transaction ends, nobody else writes to this chain. */
export async function lockChain(session: Session, chain: string): Promise<void> {
  await prepared(session, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [chain])
}

/** Inserts what is not there yet and gives its number. What is there must have the same bytes. */
async function insertNew(
  session: Session,
  chain: string,
  first: number,
  links: readonly Link[],
): Promise<number> {
  const rows = await query(
    session,
    'select seq, bytes, hash from fact where chain = $1 and seq >= $2 order by seq',
    [chain, first - 1],
  )
  const stored = rows.map((row) => typed(linkRow, row))
  if (links.some(({ seq }, index) => seq !== first + index)) throw gap()
  if (first > 1 && stored[0]?.seq !== first - 1) throw gap()
  const known = new Map(stored.map((row) => [row.seq, row]))
  if (links.some(({ seq, bytes }) => known.get(seq)?.bytes.equals(bytes) === false)) throw conflict()
  const fresh = links.filter(({ seq }) => !known.has(seq))
  const [next] = fresh
  if (next === undefined) return 0
  // A row beyond the next place was written by nobody who keeps this chain.
  if (stored.some(({ seq }) => seq > next.seq)) throw conflict()
  await insertLinks(session, chain, known.get(next.seq - 1)?.hash ?? beginning, fresh)
  return fresh.length
}

/** Inserts links after a head, with their hashes. The caller holds the chain's lock. */
export async function insertLinks(
  session: Session,
  chain: string,
  head: Buffer,
  links: readonly Link[],
): Promise<void> {
  const hashes: Buffer[] = []
  for (const { bytes } of links) hashes.push(chainHash(hashes.at(-1) ?? head, bytes))
  const details = links.flatMap(({ seq, detail }) => (detail === undefined ? [] : [{ seq, ...detail }]))
  await prepared(
    session,
    `with written as (
       insert into fact (chain, seq, bytes, hash) select $1, * from unnest($2::integer[], $3::bytea[], $4::bytea[]))
     insert into detail (chain, seq, salt, body) select $1, * from unnest($5::integer[], $6::bytea[], $7::bytea[])`,
    [
      chain,
      links.map(({ seq }) => seq),
      links.map(({ bytes }) => bytes),
      hashes,
      details.map(({ seq }) => seq),
      details.map(({ salt }) => salt),
      details.map(({ body }) => body),
    ],
  )
}

function conflict(): Fault {
  return new Fault('postgres', 'conflict', 'ledger')
}

function gap(): Fault {
  return new Fault('postgres', 'unavailable', 'gap')
}
