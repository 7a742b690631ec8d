import type { Category } from '../envelope/statement.ts'
import type { ExceptionId, PersonId } from '../ids.ts'
import type { Actor } from '../people/person.ts'
import type { AnyFact } from '../ledger/chained-fact.ts'
import type { Method } from '../ports.ts'

type Happened =
  | {
      readonly type: 'follow-up-opened'
      readonly exceptionId: ExceptionId
      readonly subject: PersonId
      readonly category: Category
    }
  | { readonly type: 'follow-up-joined'; readonly exceptionId: ExceptionId; readonly category: Category }
  | { readonly type: 'reminder-due'; readonly number: number; readonly of: number }
  | { readonly type: 'evidence-seen'; readonly methods: readonly Method[] }
  | { readonly type: 'phone-back-said'; readonly by: Actor }
  | { readonly type: 'still-missing' }
  | { readonly type: 'follow-up-closed'; readonly because: 'evidence' | 'phone-back' }

/** What ends the reminders. */
export type Done = Extract<FollowUpFact, { readonly type: 'evidence-seen' | 'phone-back-said' }>

export function isDone(fact: AnyFact): fact is Done {
  return fact.type === 'evidence-seen' || fact.type === 'phone-back-said'
}

/** Something that happened in a follow-up; its chain is named after the exception that opened it. */
export type FollowUpFact = { readonly at: number } & Happened

export type FollowUpFactOf<Type extends FollowUpFact['type']> = Extract<FollowUpFact, { readonly type: Type }>
