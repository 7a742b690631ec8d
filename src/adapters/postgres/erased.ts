import type { AnyFact } from '../../core/ledger/chained-fact.ts'

type Detailed = Extract<AnyFact, { readonly details: unknown }>

const gone = '(erased)'

/** What stands in place of a fact's details once they are erased. */
export const erased: {
  readonly [Type in Detailed['type']]: Extract<Detailed, { readonly type: Type }>['details']
} = {
  requested: { reason: gone, subjectName: gone, requesterName: gone },
  admitted: { askedNames: gone },
  'attempt-refused': { name: gone },
  approved: { name: gone },
  denied: { name: gone, reason: gone },
  'revoke-asked': { name: gone, reason: gone },
  'revoked-directly': { name: gone, reason: gone },
  'revocation-refused': { name: gone },
  reported: { subjectName: gone, reporterName: gone },
  'reported-again': { reporterName: gone },
  'looked-around': { names: {}, methods: [] },
  'said-mistaken': { name: gone },
  taken: { name: gone },
  noted: { name: gone, text: gone },
  'block-asked': { name: gone },
  'close-asked': { name: gone, reason: gone },
  'unblock-agreed': { name: gone },
  'word-refused': { name: gone },
  'let-in': { userName: gone },
  'not-let-in': { userName: gone },
  'payloads-decoded': { name: gone },
}
