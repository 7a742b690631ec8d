import type { Pool } from 'pg'
import { displayId } from '../../core/ids.ts'
import type { Views } from '../../core/ports.ts'
import { foldException, foldFollowUp, type Chained } from './fold.ts'
import { query, type Session } from './query.ts'
import { revocationsOf } from './revocations.ts'
import { storedFact } from './stored-fact.schema.ts'

/**
 * An exception as its facts tell it. A fact can't be written over; a row of the projection can, by whoever holds the
 * programs' role.
 */
export function createFactViews(pool: Pool): Pick<Views, 'byId'> {
  return {
    async byId(id) {
      const state = foldException({ status: 'new' }, await factsOf(pool, `exception/${id}`))
      if (state.status === 'new') return undefined
      const followUp = foldFollowUp(await factsOf(pool, `follow-up/${id}`))
      const revocations = await revocationsOf(pool, [id])
      return { exceptionId: id, displayId: displayId(state.request.kind, id), state, followUp, revocations }
    },
  }
}

/** The facts of one chain, in their order. */
export async function factsOf(session: Session, chain: string): Promise<Chained> {
  const rows = await query(
    session,
    'select seq, bytes, body from fact left join detail using (chain, seq) where chain = $1 order by seq',
    [chain],
  )
  return rows.map((row) => storedFact(row))
}
