import type { Statement } from '../envelope/statement.ts'
import { endsIt, type Standing } from '../exception/answer.ts'
import { isLongOver } from '../exception/end.ts'
import type { State } from '../exception/state.ts'
import type { Refusal } from '../refusal.ts'

/**
 * Why a word that no workflow heard ends nothing; undefined when it does. _Not me_ is heard at any time: it signs out
 * nobody but the speaker, and security has to know.
 */
export function refusalOf(state: State, statement: Statement, standing: Standing): Refusal | undefined {
  const { kind, at } = statement
  if (!endsIt(statement, standing)) return { code: kind === 'not-me' ? 'not-the-subject' : 'not-allowed' }
  return kind === 'revoke' && isLongOver(state, at) ? { code: 'over' } : undefined
}
