import type { AnyFact, ChainedFact } from '../../src/core/ledger/chained-fact.ts'

/** One chain as a ledger keeps it: idempotent by place, without gaps, and never rewritten. */
export type Chain = {
  readonly facts: () => readonly AnyFact[]
  readonly append: (facts: readonly ChainedFact[]) => void
}

/** A chain with nothing in it. */
export function newChain(): Chain {
  const facts: AnyFact[] = []
  return {
    facts: () => facts,
    append(more) {
      for (const { seq, fact } of more) {
        const there = facts[seq - 1]
        if (there !== undefined && JSON.stringify(there) !== JSON.stringify(fact))
          throw new Error('Rewritten.')
        if (there === undefined && seq !== facts.length + 1)
          throw new Error(`A gap before ${seq}: ${fact.type}.`)
        facts[seq - 1] = fact
      }
    },
  }
}
