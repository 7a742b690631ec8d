import type { StatementOf } from '../envelope/statement.ts'
import type { Method } from '../ports.ts'
import type { Refusal } from '../refusal.ts'
import type { Fact, Lease } from './fact.ts'
import type { StateOf } from './state.ts'

/**
 * What came of an attempt to mint and show. `refused`: nothing was attempted. `failed`: the attempt is spent, and nothing
 * of it is alive. `lost`: nobody can tell what is alive.
 */
export type Grant =
  | {
      readonly is: 'shown'
      readonly lease: Lease
      readonly providerRequestId: string
      readonly methodsBefore: readonly Method[]
    }
  | { readonly is: 'refused' | 'failed' | 'lost'; readonly refusal: Refusal }

/** What follows from an attempt that a claim led to. */
export function afterAttempt(
  state: StateOf<'approved'>,
  claim: StatementOf<'claim'>,
  granted: Grant,
  at: number,
): readonly Fact[] {
  const attempt = state.mints + 1
  switch (granted.is) {
    case 'shown': {
      const { lease, providerRequestId, methodsBefore } = granted
      return [{ type: 'shown', at, attempt, lease, providerRequestId, methodsBefore }]
    }
    case 'refused':
      return afterRefusal(state, claim, granted.refusal, at)
    case 'failed':
    case 'lost':
      return [
        { type: 'mint-failed', at, attempt, settled: granted.is === 'failed', refusal: granted.refusal },
      ]
  }
}

function afterRefusal(
  { request }: StateOf<'approved'>,
  { actor: by, kind: said }: StatementOf<'claim'>,
  refusal: Refusal,
  at: number,
): readonly Fact[] {
  if (refusal.code === 'not-now') return []
  // Nobody proved to have said it: it is held against nobody.
  if (refusal.code === 'unverified') return [{ type: 'forged', at, said }]
  return [{ type: 'attempt-refused', at, by, said, refusal, details: { name: request.subjectName } }]
}
