import type { Statement } from '../envelope/statement.ts'
import { livesOnAs } from '../exception/extension.ts'
import type { KnownState } from '../exception/state.ts'

/**
 * What a word ends besides what it names: what was asked for to extend that, and what it gave its time to. _Not me_ ends what
 * it extends as well. `family` holds all that belong together.
 */
export function alsoReached(
  { kind, exceptionId }: Pick<Statement, 'kind' | 'exceptionId'>,
  family: readonly KnownState[],
): readonly KnownState[] {
  const named = family.filter(({ request }) => request.exceptionId === exceptionId)
  const reached = kind === 'not-me' ? family : withLater(family, withHeirs(family, named))
  return reached.filter((state) => !named.includes(state))
}

/** With what they live on as, to the last. */
function withHeirs(family: readonly KnownState[], states: readonly KnownState[]): readonly KnownState[] {
  const ids = states.map(livesOnAs)
  const heirs = family.filter((state) => ids.includes(state.request.exceptionId) && !states.includes(state))
  return heirs.length === 0 ? states : withHeirs(family, [...states, ...heirs])
}

/** With what was asked for to extend them, and so on. */
function withLater(family: readonly KnownState[], states: readonly KnownState[]): readonly KnownState[] {
  const ids = states.map(({ request }) => request.exceptionId)
  const isLater = ({ request }: KnownState): boolean =>
    request.extends !== undefined && ids.includes(request.extends)
  const later = family.filter((state) => isLater(state) && !states.includes(state))
  return later.length === 0 ? states : withLater(family, [...states, ...later])
}
