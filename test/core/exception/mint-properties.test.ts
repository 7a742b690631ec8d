import { array, assert, constantFrom, integer, property, record, subarray, type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Said, Statement } from '../../../src/core/envelope/statement.ts'
import { mayMint, type MintEvidence } from '../../../src/core/exception/may-mint.ts'
import {
  admissible,
  asked,
  body,
  candidate,
  kinds,
  needing,
  pinnedPolicy,
  requestHash,
  saidBy,
  says,
  second,
} from './given.ts'
import {
  everyAccount,
  humanOf,
  idOf,
  personOf,
  sameAccount,
  theRequester,
  theSubject,
  type Account,
} from './world.ts'

/** One statement as somebody could hand it in, true or not. */
type Handed = {
  readonly by: Account
  readonly kind: Said['kind']
  readonly ofThisException: boolean
  readonly ofThisRequest: boolean
  readonly actorIsTrue: boolean
  /** Milliseconds after the request. */
  readonly after: number
}

type Case = {
  readonly needed: number
  readonly requester: Account
  readonly mayApprove: readonly Account[]
  readonly gone: readonly Account[]
  readonly approvals: readonly Handed[]
  readonly claim: Handed
  readonly judgedAfterClaim: number
  readonly mints: number
}

const mostly = <Value>(usual: Value, ...others: readonly Value[]): Arbitrary<Value> =>
  integer({ min: 0, max: 59 }).map((roll) => others[roll] ?? usual)

const handed = (kind: Said['kind'], by: Arbitrary<Account>, after: Arbitrary<number>): Arbitrary<Handed> =>
  record({
    by,
    kind: mostly(kind, ...kinds.slice(0, 3)),
    ofThisException: mostly(true, false),
    ofThisRequest: mostly(true, false),
    actorIsTrue: mostly(true, false),
    after,
  })

const approvers = everyAccount.filter(({ human }) => human >= 2)
const anyCase: Arbitrary<Case> = record({
  needed: constantFrom(0, 1, 1, 1, 2, 2, 3),
  requester: mostly(theRequester, theSubject, { human: 0, account: 1 }),
  mayApprove: subarray([...everyAccount], { minLength: 6 }),
  gone: mostly<readonly Account[]>([], [theSubject], [theRequester], approvers.slice(0, 3)),
  approvals: array(
    handed(
      'approve',
      constantFrom(...approvers, ...approvers, ...everyAccount),
      constantFrom(-1, 0, 60, 61, 120, 905, 905.001, 906).map((seconds) => seconds * second),
    ),
    { maxLength: 5 },
  ),
  claim: handed(
    'claim',
    mostly(theSubject, { human: 0, account: 1 }, theRequester, { human: 2, account: 0 }),
    constantFrom(60, 119, 120, 906, 906, 906, 1860, 1860.001, 2705).map((seconds) => seconds * second),
  ),
  judgedAfterClaim: mostly(0, -5001, -5000, 30_000, 30_001, 60_000),
  mints: mostly(0, 1, 2, 3, 4),
})

function evidenceOf(given: Case): MintEvidence {
  const person = (one: Account) => personOf(one, given.gone)
  return {
    ...admissible(),
    pinned: pinnedPolicy([needing(given.needed)]),
    request: body({ subject: idOf(theSubject) }),
    subject: person(theSubject),
    requester: person(given.requester),
    candidates: given.mayApprove.map((one) => candidate(person(one))),
    statement: says('request', person(given.requester), 0, { body: body({ subject: idOf(theSubject) }) }),
    requestHash,
    approvals: given.approvals.map((approval) => asHanded(given, approval)) as MintEvidence['approvals'],
    claim: asHanded(given, given.claim) as MintEvidence['claim'],
    mints: given.mints,
  }
}

function asHanded({ gone }: Case, { by, kind, after, ...is }: Handed): ReturnType<typeof saidBy> {
  const { statement, person } = saidBy(kind, personOf(by, gone), after)
  const changed: Partial<Statement> = {
    ...(!is.ofThisException && { exceptionId: 'another' }),
    ...(!is.ofThisRequest && { requestHash: 'another' }),
    ...(!is.actorIsTrue && { actor: { ...statement.actor, person: 'entra:another' } }),
  }
  return { statement: { ...statement, ...changed } as Statement, person }
}

/** Whether a code is due, said about human beings and in the words of the invariant. */
function isDue(given: Case): boolean {
  const { claim, approvals, judgedAfterClaim, mints } = given
  if (!approvals.every((one) => isWhatItSeems(one, 'approve')) || !isWhatItSeems(claim, 'claim')) return false
  if (!sameAccount(claim.by, theSubject) || !requestIsProper(given)) return false
  const approvedAfter = lastNeededApproval(given)
  if (approvedAfter === undefined || claim.after < approvedAfter) return false
  const inTime = claim.after + judgedAfterClaim <= approvedAfter + 1800 * second
  const isFresh = judgedAfterClaim <= 30_000 && judgedAfterClaim >= -5000
  return inTime && isFresh && mints < 3
}

function isWhatItSeems(
  { kind, ofThisException, ofThisRequest, actorIsTrue }: Handed,
  wanted: string,
): boolean {
  return kind === wanted && ofThisException && ofThisRequest && actorIsTrue
}

const isHere = ({ gone }: Case, one: Account): boolean => !gone.some((other) => sameAccount(other, one))

/** Asked by somebody else than the subject, both are there, and there are enough people to ask. */
function requestIsProper(given: Case): boolean {
  const { requester, needed } = given
  const people = new Set(accountsThatMay(given).map(humanOf))
  const twoPeople = humanOf(requester) !== humanOf(theSubject)
  return twoPeople && isHere(given, theSubject) && isHere(given, requester) && people.size >= needed
}

function accountsThatMay(given: Case): readonly Account[] {
  const two = [humanOf(theSubject), humanOf(given.requester)]
  return given.mayApprove.filter((one) => isHere(given, one) && !two.includes(humanOf(one)))
}

/** When as many human beings as needed had approved; milliseconds after the request. */
function lastNeededApproval(given: Case): number | undefined {
  const first = new Map<number, number>()
  for (const { by, after } of given.approvals) {
    const may = accountsThatMay(given).some((one) => sameAccount(one, by))
    const inTime = after >= 0 && after <= 905 * second
    if (may && inTime) first.set(humanOf(by), Math.min(after, first.get(humanOf(by)) ?? after))
  }
  return [...first.values()].toSorted((one, other) => one - other)[given.needed - 1]
}

describe('whatever is handed in', () => {
  it('a code is minted exactly when enough other people approved in time and the subject presses now', () => {
    let minted = 0
    assert(
      property(anyCase, (given) => {
        const now = asked + given.claim.after + given.judgedAfterClaim
        const { ok } = mayMint(evidenceOf(given), now)
        expect(ok).toBe(isDue(given))
        minted += ok ? 1 : 0
      }),
      { numRuns: 4000 },
    )
    expect(minted).toBeGreaterThan(150)
  })

  it('the order in which approvals are handed in changes nothing', () => {
    assert(
      property(anyCase, (given) => {
        const evidence = evidenceOf(given)
        const now = asked + given.claim.after + given.judgedAfterClaim
        const turned = { ...evidence, approvals: evidence.approvals.toReversed() }
        expect(mayMint(turned, now)).toEqual(mayMint(evidence, now))
      }),
      { numRuns: 1000 },
    )
  })

  it('what is wrong with the request itself refuses, whoever approved', () => {
    const wrong: readonly Partial<MintEvidence>[] = [
      { subjectPrivileged: true },
      { foreignPass: true },
      { requesterIn: [] },
      { terms: { enabled: false, shortest: 600, longest: 3600, step: 60 } },
      { requestHash: 'another' },
      { statement: says('request', personOf(theRequester), 0) },
    ]
    assert(
      property(anyCase, constantFrom(...wrong), (given, more) => {
        const now = asked + given.claim.after + given.judgedAfterClaim
        expect(mayMint({ ...evidenceOf(given), ...more }, now).ok).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })
})
