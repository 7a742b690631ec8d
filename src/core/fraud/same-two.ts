import type { PersonId } from '../ids.ts'
import type { Around } from './fact.ts'

/** How many exceptions of one person two others may have between them before somebody should look. */
const oftenEnough = 3

/** Two people, in any order, and in how many exceptions one asked and the other approved. */
export type SameTwo = { readonly people: readonly [PersonId, PersonId]; readonly times: number }

/** The pairs who asked for and approved conspicuously many of these exceptions. */
export function sameTwo(exceptions: readonly Around[]): readonly SameTwo[] {
  const pairs = exceptions.flatMap(({ requester, approvers }) =>
    [...new Set(approvers)].map((approver) => sorted(requester, approver)),
  )
  const distinct = pairs.filter((pair, index) => pairs.findIndex((other) => isSame(pair, other)) === index)
  return distinct
    .map((people) => ({ people, times: pairs.filter((pair) => isSame(pair, people)).length }))
    .filter(({ times }) => times >= oftenEnough)
}

function sorted(one: PersonId, other: PersonId): readonly [PersonId, PersonId] {
  return one < other ? [one, other] : [other, one]
}

function isSame(one: SameTwo['people'], other: SameTwo['people']): boolean {
  return one[0] === other[0] && one[1] === other[1]
}
