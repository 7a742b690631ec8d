import type { Pool } from 'pg'
import type { ExceptionId } from '../../core/ids.ts'
import { chainSubject } from './chain.ts'
import { factsOf } from './facts.ts'
import { lockChain } from './ledger.ts'
import { foldException, foldFollowUp } from './fold.ts'
import { projectCase } from './project-case.ts'
import { saveFollowUp, saveState } from './projection.ts'
import { query, transaction, type Session } from './query.ts'
import { chainRow, typed } from './rows.schema.ts'

/**
 * Folds all chains again into the projection, one after the other, while the programs go on writing.
 * After an erasure this takes what was erased out of the projection as well.
 */
export async function rebuild(pool: Pool): Promise<void> {
  for (const id of await idsOf(pool, 'exception/'))
    await transaction(pool, (session) => rebuildOne(session, id))
  for (const id of await idsOf(pool, 'case/'))
    await transaction(pool, async (session) => {
      await lockChain(session, `case/${id}`)
      await projectCase(session, id)
    })
}

async function idsOf(pool: Pool, prefix: string): Promise<readonly string[]> {
  const chains = await query(pool, 'select distinct chain from fact where starts_with(chain, $1)', [prefix])
  return chains.map((row) => chainSubject(typed(chainRow, row).chain).id)
}

async function rebuildOne(session: Session, id: ExceptionId): Promise<void> {
  const [own, followUp] = [`exception/${id}`, `follow-up/${id}`]
  await lockChain(session, own)
  await lockChain(session, followUp)
  const facts = await factsOf(session, own)
  await saveState(session, id, foldException({ status: 'new' }, facts), facts.at(-1)?.seq ?? 0)
  await saveFollowUp(session, id, foldFollowUp(await factsOf(session, followUp)))
}
