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
  /** The one question where the phone was only not at hand. `until`: when the requester is asked instead. */
  | { readonly type: 'phone-asked'; readonly until: number }
  | { readonly type: 'evidence-seen'; readonly methods: readonly Method[] }
  | { readonly type: 'phone-back-said'; readonly by: Actor }
  /** Still open: the requester was asked to help. */
  | { readonly type: 'still-missing' }
  | { readonly type: 'follow-up-closed'; readonly because: 'evidence' | 'phone-back' }

/** Something that happened in a follow-up; its chain is named after the exception that opened it. Times in epoch milliseconds. */
export type FollowUpFact = { readonly at: number } & Happened

type FollowUpFactOf<Type extends FollowUpFact['type']> = Extract<FollowUpFact, { readonly type: Type }>

/** Why a follow-up is over. */
export type Closed = FollowUpFactOf<'follow-up-closed'>['because']

/** What asks something of somebody; nobody is asked where there is evidence by then. */
export type Asking = FollowUpFactOf<'reminder-due' | 'phone-asked' | 'still-missing'>

/** Whether a fact asks something of somebody. */
export function isAsking(fact: AnyFact): fact is Asking {
  return fact.type === 'reminder-due' || fact.type === 'phone-asked' || fact.type === 'still-missing'
}

/** What ends a follow-up. */
export type Done = FollowUpFactOf<'evidence-seen' | 'phone-back-said'>

/** Whether a fact is what ends a follow-up, so that nothing is asked any more. */
export function isDone(fact: AnyFact): fact is Done {
  return fact.type === 'evidence-seen' || fact.type === 'phone-back-said'
}
