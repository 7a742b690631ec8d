import type { CaseStatement } from './statement.ts'

/**
 * Whether a person's own key may sign this: that a case is to be closed, and the agreement to that. It speaks for the
 * person and for no Slack account.
 */
export function mayBePersonal({ kind, actor }: CaseStatement): boolean {
  return (kind === 'close' || kind === 'unblock') && actor.team === '' && actor.user === ''
}
