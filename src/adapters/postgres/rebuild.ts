import type { Pool } from 'pg'
import type { ExceptionId } from '../../core/ids.ts'
import { chainSubject } from './chain.ts'
import { factsOf } from './facts.ts'
import { lockChain } from './ledger.ts'
import { foldException, foldFollowUp } from './fold.ts'
import { saveFollowUp, saveState } from './projection.ts'
import { query, transaction, type Session } from './query.ts'
import { chainRow, typed } from './rows.schema.ts'

/**
 * Folds all chains again into the projection, one exception after the other, while the programs go on writing.
 * After an erasure this takes what was erased out of the projection as well.
 */
export async function rebuild(pool: Pool): Promise<void> {
  const chains = await query(pool, `select distinct chain from fact where starts_with(chain, 'exception/')`)
  for (const row of chains) {
    const { id } = chainSubject(typed(chainRow, row).chain)
    await transaction(pool, (session) => rebuildOne(session, id))
  }
}

async function rebuildOne(session: Session, id: ExceptionId): Promise<void> {
  const [own, followUp] = [`exception/${id}`, `follow-up/${id}`]
  await lockChain(session, own)
  await lockChain(session, followUp)
  const facts = await factsOf(session, own)
  await saveState(session, id, foldException({ status: 'new' }, facts), facts.at(-1)?.seq ?? 0)
  await saveFollowUp(session, id, foldFollowUp(await factsOf(session, followUp)))
}
