import type { Statement } from '../envelope/statement.ts'
import type { Standing } from '../exception/answer.ts'
import type { Refusal } from '../refusal.ts'
import { no, yes, type Result } from '../result.ts'
import type { FollowUp } from './evolve.ts'
import type { FollowUpFact } from './fact.ts'
import { endsByWord } from './rules.ts'
import type { FollowUpStart } from './start.ts'

/** What follows from a person's word in a follow-up: so far only that the phone is back. `now` in epoch milliseconds. */
export function answerFollowUp(
  { start, state }: { readonly start: FollowUpStart; readonly state: FollowUp },
  statement: Statement,
  standing: Standing,
  now: number,
): Result<readonly FollowUpFact[], Refusal> {
  if (state.status === 'closed') return no({ code: 'over' })
  if (!standing.active || statement.kind !== 'phone-back') return no({ code: 'not-allowed' })
  if (statement.actor.person !== start.subject) return no({ code: 'not-the-subject' })
  if (!endsByWord(start.category)) return no({ code: 'not-allowed' })
  return yes([
    { type: 'phone-back-said', at: now, by: statement.actor },
    { type: 'follow-up-closed', at: now, because: 'phone-back' },
  ])
}
