import type { Grant } from '../activities/grant.ts'
import type { Envelope, StatementOf } from '../core/envelope/statement.ts'
import type { Fact } from '../core/exception/fact.ts'
import type { StateOf } from '../core/exception/state.ts'
import { no, yes } from '../core/result.ts'
import type { Heard } from './inbox.ts'
import type { Life } from './life.ts'
import { listen } from './listen.ts'

/** The subject pressed *Show my code*: one activity judges again, mints and shows. What it can't tell is cleaned up. */
export async function claim(life: Life, state: StateOf<'approved'>, heard: Heard): Promise<void> {
  const { envelope, reply } = heard
  if (!isClaim(envelope) || envelope.statement.actor.person !== state.request.subject)
    return listen(life, heard)
  const { request, approvals } = life
  const attempt = state.mints + 1
  const granted = await life.activities
    .grant({ request, approvals, claim: envelope, attempt })
    .catch(() => undefined)
  life.add(factsOf(granted, attempt, envelope, state.request.subjectName))
  if (granted?.is === 'shown') {
    life.openView = envelope.statement.body.view
    return reply(yes('heard'))
  }
  return reply(no(granted?.refusal ?? { code: 'attempt-lost' }))
}

function factsOf(
  granted: Grant | undefined,
  attempt: number,
  envelope: Envelope<StatementOf<'claim'>>,
  subjectName: string,
): readonly Fact[] {
  const at = Date.now()
  switch (granted?.is) {
    case 'shown': {
      const { lease, providerRequestId, methodsBefore } = granted
      return [{ type: 'shown', at, attempt, lease, providerRequestId, methodsBefore }]
    }
    case 'refused': {
      const { actor: by, kind: said } = envelope.statement
      // Nobody proved to have said it: it is held against nobody.
      if (granted.refusal.code === 'unverified') return [{ type: 'forged', at, said }]
      return [
        { type: 'attempt-refused', at, by, said, refusal: granted.refusal, details: { name: subjectName } },
      ]
    }
    case 'failed':
      return [{ type: 'mint-failed', at, attempt, settled: true, refusal: granted.refusal }]
    case undefined:
      return [{ type: 'mint-failed', at, attempt, settled: false, refusal: { code: 'attempt-lost' } }]
  }
}

function isClaim(envelope: Envelope): envelope is Envelope<StatementOf<'claim'>> {
  return envelope.statement.kind === 'claim'
}
