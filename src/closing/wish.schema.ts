import { z } from 'zod'
import type { Envelope } from '../core/envelope/statement.ts'
import { caseOutcomes, type CaseStatementOf } from '../core/fraud/statement.ts'

/** A wish to close a case, signed. */
export type Wish = Envelope<CaseStatementOf<'close'>>

const wish = z.strictObject({
  statement: z.strictObject({
    v: z.literal(1),
    caseId: z.uuid(),
    actor: z.strictObject({
      team: z.string(),
      user: z.string(),
      person: z.templateLiteral(['entra:', z.string()]),
    }),
    at: z.number(),
    kind: z.literal('close'),
    body: z.strictObject({
      outcome: z.enum(caseOutcomes),
      reason: z.string(),
      passwordReset: z.boolean(),
      methodsReviewed: z.boolean(),
    }),
  }),
  keyId: z.string(),
  signature: z.string(),
})

/** A wish to close a case as it stands in a file; undefined when it is none. Whether it is signed is another question. */
export function readWish(text: string): Wish | undefined {
  try {
    return wish.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
