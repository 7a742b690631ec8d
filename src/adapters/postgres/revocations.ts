import type { Pool } from 'pg'
import { canonical } from '../../core/envelope/canonical.ts'
import type { AnyStatement, Envelope } from '../../core/envelope/statement.ts'
import type { ExceptionId } from '../../core/ids.ts'
import type { Revocations } from '../../core/ports.ts'
import { revocationText } from '../../core/revocation/text.ts'
import { isRevocationFact, type RevocationFact } from '../../core/revocation/fact.ts'
import { sha256 } from '../signing/keys.ts'
import { query } from './query.ts'
import { revocationRow, typed } from './rows.schema.ts'
import { storedFact } from './stored-fact.schema.ts'

/** `closed`: nothing is left to do, because the workflow knows or because the envelope was refused. */
export type RevocationStep = 'credential-ended' | 'closed'

/** A revocation to carry out. The envelope is outside data: whoever acts on it parses and verifies it first. */
export type PendingRevocation = {
  readonly id: string
  readonly exceptionId: ExceptionId
  readonly envelope: unknown
  readonly done: readonly RevocationStep[]
}

/** Signed revocations for the time when Temporal does not answer. */
export function createRevocations(pool: Pool): Revocations {
  const insert = async (id: string, about: string, envelope: Envelope<AnyStatement>): Promise<void> => {
    await query(
      pool,
      'insert into revocation (id, exception_id, envelope) values ($1, $2, $3) on conflict do nothing',
      [sha256(id), about, canonical(envelope)],
    )
  }
  return {
    write: async (envelope, exceptionId) =>
      insert(revocationText(envelope, exceptionId), exceptionId, envelope),
    writeReport: async (report) => insert(report.signature, report.statement.caseId, report),
  }
}

/** The revocations that are not closed, oldest first. */
export async function pendingRevocations(pool: Pool): Promise<readonly PendingRevocation[]> {
  const rows = await query(
    pool,
    `select id, exception_id, envelope, array_remove(array_agg(step), null) as done
     from revocation left join revocation_step on revocation_id = id
     group by id having not coalesce(bool_or(step = 'closed'), false)
     order by written_at`,
  )
  return rows.map((row) => {
    const { exception_id: exceptionId, ...pending } = typed(revocationRow, row)
    return { ...pending, exceptionId }
  })
}

/** What became of the revocations of some exceptions, oldest first. */
export async function revocationsOf(
  pool: Pool,
  exceptions: readonly ExceptionId[],
): Promise<readonly RevocationFact[]> {
  if (exceptions.length === 0) return []
  const rows = await query(
    pool,
    `select seq, bytes, body
     from revocation join fact on chain = 'revocation/' || id left join detail using (chain, seq)
     where exception_id = any($1) order by written_at, chain, seq`,
    [exceptions],
  )
  return rows.map((row) => storedFact(row).fact).filter(isRevocationFact)
}

/** Notes that a step of a revocation is done; twice is once. */
export async function revocationDone(pool: Pool, id: string, step: RevocationStep): Promise<void> {
  await query(
    pool,
    'insert into revocation_step (revocation_id, step) values ($1, $2) on conflict do nothing',
    [id, step],
  )
}
