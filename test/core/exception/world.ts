import type { Standing } from '../../../src/core/exception/answer.ts'
import type { Person } from '../../../src/core/people/person.ts'

/**
 * A world in which it is known who is who: six human beings with two accounts each. The rules see only what a directory
 * shows of them; the properties below are said about the human beings.
 */
export type Account = { readonly human: number; readonly account: number }

export const theSubject: Account = { human: 0, account: 0 }
export const theRequester: Account = { human: 1, account: 0 }

export const everyAccount: readonly Account[] = [0, 1, 2, 3, 4, 5].flatMap((human) =>
  [0, 1].map((account) => ({ human, account })),
)

export function idOf({ human, account }: Account): Person['id'] {
  return `entra:human-${human}-account-${account}`
}

export function sameAccount(one: Account, other: Account): boolean {
  return one.human === other.human && one.account === other.account
}

/** As the directory shows it. The sixth has one account and no employee id. */
export function personOf(one: Account, gone: readonly Account[] = []): Person {
  return {
    id: idOf(one),
    name: `Human ${one.human}`,
    enabled: !gone.some((other) => sameAccount(other, one)),
    guest: false,
    ...(one.human < 5 ? { employeeId: `E${one.human}` } : {}),
  }
}

/** Which human being an account id belongs to; one without an employee id is told apart by its account. */
export function humanOf(one: Account): number {
  return one.human < 5 ? one.human : 50 + one.account
}

/** What somebody is to the exception, worked out from who they really are. */
export function standingOf(
  one: Account,
  world: {
    readonly mayApprove: readonly Account[]
    readonly gone: readonly Account[]
    readonly approved: readonly Account[]
  },
): Standing {
  const human = humanOf(one)
  return {
    name: `Human ${one.human}`,
    active: !world.gone.some((other) => sameAccount(other, one)),
    isSubject: human === humanOf(theSubject),
    isRequester: human === humanOf(theRequester),
    mayApprove: world.mayApprove.some((other) => sameAccount(other, one)),
    isSecurity: one.human === 4,
    hasApproved: world.approved.some((other) => humanOf(other) === human),
  }
}
