import { ActivityFailure, TimeoutFailure } from '@temporalio/workflow'
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
    .catch(notStarted)
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
      if (granted.refusal.code === 'not-now') return []
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

/** A mint that nobody began in time was no attempt; any other failure may have left something alive. */
function notStarted(error: unknown): Grant | undefined {
  const cause = error instanceof ActivityFailure ? error.cause : undefined
  const inQueue = cause instanceof TimeoutFailure && cause.timeoutType === 'SCHEDULE_TO_START'
  return inQueue ? { is: 'refused', refusal: { code: 'not-now', service: 'graph' } } : undefined
}

function isClaim(envelope: Envelope): envelope is Envelope<StatementOf<'claim'>> {
  return envelope.statement.kind === 'claim'
}
