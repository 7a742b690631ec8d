import type { Said, Statement } from '../envelope/statement.ts'
import type { Standing } from '../exception/answer.ts'
import type { End } from '../exception/end.ts'
import type { ExceptionId } from '../ids.ts'
import type { Actor } from '../people/person.ts'
import type { Refusal } from '../refusal.ts'

type Happened =
  | (End & {
      readonly type: 'revoked-directly'
      readonly details: { readonly name: string; readonly reason?: string }
    })
  | {
      readonly type: 'revocation-refused'
      readonly refusal: Refusal
      readonly details: { readonly name: string }
    }

/** What became of a word that was to end an exception, and that its workflow could not hear. `saidAt`: when it was said. */
export type RevocationFact = {
  readonly at: number
  readonly exceptionId: ExceptionId
  readonly by: Actor
  readonly said: Said['kind']
  readonly saidAt: number
} & Happened

export type RevocationFactOf<Type extends RevocationFact['type']> = Extract<
  RevocationFact,
  { readonly type: Type }
>

/** Whether a fact says what became of such a word. */
export function isRevocationFact(fact: { readonly type: string }): fact is RevocationFact {
  return fact.type === 'revoked-directly' || fact.type === 'revocation-refused'
}

/** Whether a fact says what became of this very word. */
export function isOf({ by, said, saidAt }: RevocationFact, { actor, kind, at }: Statement): boolean {
  return by.person === actor.person && by.user === actor.user && said === kind && saidAt === at
}

/** The fact that everything of an exception, which a word names or reaches, was ended outside its workflow. */
export function revokedDirectly(
  statement: Statement,
  exceptionId: ExceptionId,
  { name }: Standing,
  end: End,
  at: number,
): RevocationFactOf<'revoked-directly'> {
  const details = statement.kind === 'revoke' ? { name, reason: statement.body.reason } : { name }
  return { type: 'revoked-directly', at, ...who(statement), exceptionId, ...end, details }
}

/** The fact that somebody may not end an exception; security reads these. */
export function revocationRefused(
  statement: Statement,
  { name }: Standing,
  refusal: Refusal,
  at: number,
): RevocationFactOf<'revocation-refused'> {
  return { type: 'revocation-refused', at, ...who(statement), refusal, details: { name } }
}

function who({ exceptionId, actor, kind, at }: Statement) {
  return { exceptionId, by: actor, said: kind, saidAt: at } as const
}
