import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import type { CheckFact } from '../../core/local/check-fact.ts'
import { beginning, link } from '../postgres/chain.ts'
import { insertLinks, lockChain } from '../postgres/ledger.ts'
import { query, transaction } from '../postgres/query.ts'
import { typed } from '../postgres/rows.schema.ts'
import { headRow } from './local-rows.schema.ts'

/** The chains of facts of the clients that ask. */
export type CheckLog = {
  /** Resolves when the fact is durable. */
  record(client: string, fact: CheckFact): Promise<void>
}

type Waiting = {
  readonly fact: CheckFact
  readonly done: () => void
  readonly failed: (why: unknown) => void
}

/**
 * One writer for each chain: what comes while it writes is written together the next time, so that a chain takes many
 * facts in a second although each stands on the one before it. Other processes wait for their turn.
 */
export function createCheckLog(pool: Pool): CheckLog {
  const waiting = new Map<string, Waiting[]>()

  const write = async (client: string): Promise<void> => {
    for (let batch = waiting.get(client) ?? []; batch.length > 0; batch = waiting.get(client) ?? []) {
      waiting.set(client, [])
      try {
        await append(
          pool,
          `check/${client}`,
          batch.map(({ fact }) => fact),
        )
        for (const { done } of batch) done()
      } catch (error) {
        for (const { failed } of batch) failed(error)
      }
    }
    waiting.delete(client)
  }

  return {
    record: (client, fact) =>
      new Promise((done, failed) => {
        const queue = waiting.get(client)
        if (queue !== undefined) return void queue.push({ fact, done, failed })
        waiting.set(client, [{ fact, done, failed }])
        return void write(client)
      }),
  }
}

async function append(pool: Pool, chain: string, facts: readonly CheckFact[]): Promise<void> {
  await transaction(pool, async (session) => {
    await lockChain(session, chain)
    const [row] = await query(
      session,
      'select seq, hash from fact where chain = $1 order by seq desc limit 1',
      [chain],
    )
    const head = row === undefined ? { seq: 0, hash: beginning } : typed(headRow, row)
    const links = facts.map((fact, index) =>
      link(chain, { seq: head.seq + 1 + index, salt: randomBytes(16).toString('hex'), fact }),
    )
    await insertLinks(session, chain, head.hash, links)
  })
}
