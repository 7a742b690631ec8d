import type { Envelope, StatementOf } from '../envelope/statement.ts'
import type { Refusal } from '../refusal.ts'
import { no, type Result } from '../result.ts'
import { nameless } from '../text/en.ts'
import type { Fact, FactOf } from './fact.ts'
import type { Plan } from './plan.ts'
import { requestedBy } from './requested.ts'

/** A request that the bot signed, as a fact, and the plan with the names of those who are asked, or why there is none. */
export type Judged = {
  readonly is: 'judged'
  readonly requested: FactOf<'requested'>
  readonly plan: Result<Plan, Refusal>
  readonly askedNames: string
}

/** What admission found. */
export type Admission = Judged | { readonly is: 'forged' }

/** Nobody could judge the request: it is refused, and only what was signed is known of it. */
export function unjudged(request: Envelope<StatementOf<'request'>>, refusal: Refusal): Judged {
  const requested = requestedBy(request, { subjectName: nameless.unknown, requesterName: nameless.unknown })
  return { is: 'judged', requested, plan: no(refusal), askedNames: '' }
}

/** The first facts of an exception. */
export function afterAdmission({ requested, plan, askedNames }: Judged, at: number): readonly Fact[] {
  if (plan.ok) return [requested, { type: 'admitted', at, plan: plan.value, details: { askedNames } }]
  return [requested, { type: 'refused', at, refusal: plan.reason }, { type: 'ended', at, outcome: 'refused' }]
}
