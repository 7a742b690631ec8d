import type { ExceptionId, PersonId } from '../ids.ts'
import type { NotLetIn } from './check.ts'

type Answered = {
  readonly at: number
  readonly application: string
  /** Where the question came from. */
  readonly address: string
  /** Whose sign-in it was, as far as something was ever issued for that name. */
  readonly subject?: PersonId
  readonly exceptionId?: ExceptionId
  readonly details: { readonly userName: string }
}

/** One answer to one client: who was let in, or why nobody was. The name that was typed is personal and can be erased. */
export type CheckFact =
  | (Answered & { readonly type: 'let-in' })
  | (Answered & { readonly type: 'not-let-in'; readonly because: NotLetIn })
