import type { Fact, FactOf } from '../../core/exception/fact.ts'

type Detailed = Extract<Fact, { readonly details: unknown }>['type']

const gone = '(erased)'

/** What stands in place of a fact's details once they are erased. */
export const erased: { readonly [Type in Detailed]: FactOf<Type>['details'] } = {
  requested: { reason: gone, subjectName: gone, requesterName: gone },
  admitted: { askedNames: gone },
  'attempt-refused': { name: gone },
  approved: { name: gone },
  denied: { name: gone, reason: gone },
  'revoke-asked': { name: gone, reason: gone },
}
