import type { Statement } from '../envelope/statement.ts'
import { livesOnAs } from '../exception/extension.ts'
import type { KnownState } from '../exception/state.ts'

/**
 * What a word ends besides what it names: what was asked for to extend that, and what it gave its time to. _Not me_ ends what
 * it extends as well. `near` may hold more than belongs together: only what names each other, of the same person, does.
 */
export function alsoReached(
  { kind, exceptionId }: Pick<Statement, 'kind' | 'exceptionId'>,
  near: readonly KnownState[],
): readonly KnownState[] {
  const named = near.filter(({ request }) => request.exceptionId === exceptionId)
  const same = near.filter(({ request }) => named.some((one) => one.request.subject === request.subject))
  const reached =
    kind === 'not-me'
      ? grown(named, same, (one, other) => isLater(one, other) || isLater(other, one))
      : grown(grown(named, same, isHeir), same, isLater)
  return reached.filter((state) => !named.includes(state))
}

type Link = (one: KnownState, other: KnownState) => boolean

/** With everything that a link leads to from them, and so on. */
function grown(from: readonly KnownState[], among: readonly KnownState[], link: Link): readonly KnownState[] {
  const next = among.filter((other) => !from.includes(other) && from.some((one) => link(one, other)))
  return next.length === 0 ? from : grown([...from, ...next], among, link)
}

/** Whether the other is what it lives on as. */
function isHeir(one: KnownState, other: KnownState): boolean {
  return livesOnAs(one) === other.request.exceptionId
}

/** Whether the other was asked for to extend it. */
function isLater(one: KnownState, other: KnownState): boolean {
  return other.request.extends === one.request.exceptionId
}
