import type { Pool } from 'pg'
import { livesOnAs } from '../../core/exception/extension.ts'
import type { KnownState } from '../../core/exception/state.ts'
import { displayId, type ExceptionId } from '../../core/ids.ts'
import type { ExceptionView, FactViews } from '../../core/ports.ts'
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
      const found = new Map<ExceptionId, ExceptionView>()
      const hints = (await query(pool, hinted, [id])).map((row) => typed(idRow, row).exception_id)
      for (const next = [id, ...hints]; next.length > 0;) {
        const one = next.pop() ?? id
        const view = found.has(one) ? undefined : await byId(one)
        if (view === undefined) continue
        found.set(one, view)
        next.push(...namedBy(view.state))
      }
      return [...found.values()]
    },
  }
}

/** The projection finds what nothing names yet; what names what stands in the facts. */
const hinted = `with recursive family as (
    select exception_id, subject, state #>> '{request,extends}' as extends
    from exception_view where exception_id = $1
  union
    select v.exception_id, v.subject, v.state #>> '{request,extends}'
    from exception_view v join family f on v.subject = f.subject and (
      v.state #>> '{request,extends}' = f.exception_id::text or v.exception_id::text = f.extends))
  select exception_id from family`

function namedBy(state: KnownState): readonly ExceptionId[] {
  return [state.request.extends, livesOnAs(state)].filter((id) => id !== undefined)
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
