import type { Pool } from 'pg'
import { displayId } from '../../core/ids.ts'
import type { FactViews } from '../../core/ports.ts'
import { foldException, foldFollowUp, type Chained } from './fold.ts'
import { query, type Session } from './query.ts'
import { revocationsOf } from './revocations.ts'
import { idRow, typed } from './rows.schema.ts'
import { storedFact } from './stored-fact.schema.ts'

/**
 * Exceptions as their facts tell them. A fact can't be written over; a row of the projection can, by whoever holds the
 * programs' role.
 */
export function createFactViews(pool: Pool): FactViews {
  const byId: FactViews['byId'] = async (id) => {
    const state = foldException({ status: 'new' }, await factsOf(pool, `exception/${id}`))
    if (state.status === 'new') return undefined
    const followUp = foldFollowUp(await factsOf(pool, `follow-up/${id}`))
    const revocations = await revocationsOf(pool, [id])
    return { exceptionId: id, displayId: displayId(state.request.kind, id), state, followUp, revocations }
  }
  return {
    byId,
    async family(id) {
      const rows = await query(pool, family, [id])
      const views = await Promise.all(rows.map((row) => byId(typed(idRow, row).exception_id)))
      return views.filter((view) => view !== undefined)
    },
  }
}

/** The projection knows the ids. An extension is for the same person as what it extends, and few are for one person. */
const family = `with recursive family as (
    select exception_id, subject, state #>> '{request,extends}' as extends
    from exception_view where exception_id = $1
  union
    select v.exception_id, v.subject, v.state #>> '{request,extends}'
    from exception_view v join family f on v.subject = f.subject and (
      v.state #>> '{request,extends}' = f.exception_id::text or v.exception_id::text = f.extends))
  select exception_id from family`

/** The facts of one chain, in their order. */
export async function factsOf(session: Session, chain: string): Promise<Chained> {
  const rows = await query(
    session,
    'select seq, bytes, body from fact left join detail using (chain, seq) where chain = $1 order by seq',
    [chain],
  )
  return rows.map((row) => storedFact(row))
}
