import { ActivityFailure, TimeoutFailure } from '@temporalio/workflow'
import type { StatementOf } from '../core/envelope/statement.ts'
import { afterAttempt, type Grant } from '../core/exception/attempt.ts'
import type { StateOf } from '../core/exception/state.ts'
import type { Service } from '../core/fault.ts'
import { providers } from '../core/kinds.ts'
import { no, yes } from '../core/result.ts'
import { hideNow } from './hide-code.ts'
import type { Heard } from './inbox.ts'
import type { Life } from './life.ts'

/** The subject pressed *Show my code*: one activity judges again, mints and shows. What it can't tell is cleaned up. */
export async function claim(
  life: Life,
  state: StateOf<'approved'>,
  { envelope, reply }: Heard<StatementOf<'claim'>>,
): Promise<void> {
  const { request, approvals } = life
  const attempt = state.mints + 1
  const granted = await life.activities
    .grant({ request, approvals, claim: envelope, attempt })
    .catch((error) => notStartedOrLost(error, providers[state.request.provider].service))
  life.add(afterAttempt(state, envelope.statement, granted, Date.now()))
  if (state.plan.how === 'message' && granted.is !== 'refused') life.sentBy = attempt
  if (granted.is !== 'shown') {
    hideNow(life)
    return reply(no(granted.refusal))
  }
  life.openView = envelope.statement.body.view
  return reply(yes('heard'))
}

/** A mint that nobody began in time was no attempt; any other failure may have left something alive. */
function notStartedOrLost(error: unknown, service: Service): Grant {
  const cause = error instanceof ActivityFailure ? error.cause : undefined
  return cause instanceof TimeoutFailure && cause.timeoutType === 'SCHEDULE_TO_START'
    ? { is: 'refused', refusal: { code: 'not-now', service } }
    : { is: 'lost', refusal: { code: 'attempt-lost' } }
}
