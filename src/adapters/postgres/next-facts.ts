import { randomBytes } from 'node:crypto'
import type { AnyFact } from '../../core/ledger/chained-fact.ts'
import { beginning, link } from './chain.ts'
import { insertLinks } from './ledger.ts'
import { prepared, type Session } from './query.ts'
import { headRow, typed } from './rows.schema.ts'

/** Where a chain ends. */
export type Head = { readonly seq: number; readonly hash: Buffer }

/** The head of a chain. The caller holds its lock. */
export async function headOf(session: Session, chain: string): Promise<Head> {
  const select = 'select seq, hash from fact where chain = $1 order by seq desc limit 1'
  const [row] = await prepared(session, select, [chain])
  return row === undefined ? { seq: 0, hash: beginning } : typed(headRow, row)
}

/** Appends facts to a chain whose head is this one. The caller holds its lock. */
export async function insertNext(
  session: Session,
  chain: string,
  { seq, hash }: Head,
  facts: readonly AnyFact[],
): Promise<void> {
  const links = facts.map((fact, index) =>
    link(chain, { seq: seq + 1 + index, salt: randomBytes(16).toString('hex'), fact }),
  )
  await insertLinks(session, chain, hash, links)
}
