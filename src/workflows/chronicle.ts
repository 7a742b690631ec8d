import { condition, uuid4 } from '@temporalio/workflow'
import type { AnyFact, ChainedFact } from '../core/ledger/chained-fact.ts'

/** The facts of one chain, in the order they happened, on their way to the ledger and to the people. */
export type Chronicle<Fact> = {
  /** Takes facts in; they are published without being waited for. */
  add(facts: readonly Fact[]): void
  /** Takes facts in that travel with the next ones. */
  hold(facts: readonly Fact[]): void
  /** Resolves when everything is in the ledger and has been told. */
  published(): Promise<void>
}

/**
 * Keeps one chain. The workflow that holds it is the chain's only writer and gives each fact its place. Batches are
 * published one after the other, beside the life of the exception: ending a credential never waits for the ledger.
 */
export function keepChronicle<Fact extends AnyFact>(
  publish: (facts: readonly ChainedFact<Fact>[]) => Promise<void>,
): Chronicle<Fact> {
  let seq = 0
  let pending: ChainedFact<Fact>[] = []
  let publishing = false

  async function publishAll(): Promise<void> {
    publishing = true
    await Promise.resolve() // facts that are added in the same turn travel together
    while (pending.length > 0) {
      const batch = pending
      pending = []
      await publish(batch)
    }
    publishing = false
  }

  const hold = (facts: readonly Fact[]): void => {
    for (const fact of facts) pending.push({ seq: ++seq, salt: uuid4().replaceAll('-', ''), fact })
  }

  return {
    hold,
    add(facts) {
      hold(facts)
      if (!publishing) void publishAll()
    },
    published: () => condition(() => !publishing && pending.length === 0),
  }
}
