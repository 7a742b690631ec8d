import type { Pool } from 'pg'
import type { DecodedFact } from '../../core/ledger/decoded-fact.ts'
import { lockChain } from './ledger.ts'
import { headOf, insertNext } from './next-facts.ts'
import { transaction } from './query.ts'

/** Writes down who had payloads decrypted; each person has a chain. */
export function createDecodings(pool: Pool): (fact: DecodedFact) => Promise<void> {
  return async (fact) => {
    const chain = `codec/${fact.by}`
    await transaction(pool, async (session) => {
      await lockChain(session, chain)
      await insertNext(session, chain, await headOf(session, chain), [fact])
    })
  }
}
