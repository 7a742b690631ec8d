import { array, assert, constantFrom, oneof, property, record, subarray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Said } from '../../../src/core/envelope/statement.ts'
import { answer, isHeard, refusedAttempt } from '../../../src/core/exception/answer.ts'
import { evolve } from '../../../src/core/exception/evolve.ts'
import type { Fact } from '../../../src/core/exception/fact.ts'
import type { State } from '../../../src/core/exception/state.ts'
import { asked, facts, kinds, mintLost, plan, says, second } from './given.ts'
import {
  everyAccount,
  humanOf,
  idOf,
  personOf,
  sameAccount,
  standingOf,
  theRequester,
  theSubject,
  type Account,
} from './world.ts'

/** What comes of a claim that was answered with yes. */
const minted: readonly Fact[] = [facts.shown, facts.shown, facts['mint-failed'], mintLost]

/** What follows on people's words only. Everything else the workflow could do by itself, at any time. */
const byWord: readonly Fact['type'][] = ['approved', 'shown', 'revoke-asked', 'stopped', 'ended']
const byItself = (Object.keys(facts) as Fact['type'][]).filter((type) => !byWord.includes(type))

type Event =
  | { readonly is: 'said'; readonly kind: Said['kind']; readonly by: Account; readonly mint: Fact }
  | { readonly is: 'fact'; readonly type: Fact['type'] }

const often: readonly Said['kind'][] = ['approve', 'approve', 'approve', 'claim', 'claim', 'not-seen']
const likely = [theSubject, theSubject, ...everyAccount.filter(({ human }) => human >= 2)]
const anyEvent = oneof(
  {
    weight: 5,
    arbitrary: record({
      is: constantFrom('said' as const),
      kind: constantFrom(...often, ...often, ...often, ...often, ...kinds),
      by: constantFrom(...likely, ...likely, ...everyAccount),
      mint: constantFrom(...minted),
    }),
  },
  { weight: 1, arbitrary: constantFrom(...byItself).map((type) => ({ is: 'fact', type }) as const) },
)

const anyLife = record({
  needed: constantFrom(1, 1, 2, 3),
  mayApprove: subarray([...everyAccount], { minLength: 4 }),
  gone: subarray([...everyAccount], { maxLength: 1 }),
  events: array(anyEvent, { maxLength: 40, size: 'max' }),
})

/** What really happened, kept beside the rules: who approved, who pressed, who stopped it. */
type Truth = { readonly approved: ReadonlySet<number>; readonly pressed: boolean; readonly stopped: boolean }

type Life = {
  readonly needed: number
  readonly mayApprove: readonly Account[]
  readonly gone: readonly Account[]
  readonly events: readonly Event[]
}
type SaidEvent = Extract<Event, { readonly is: 'said' }>

const isOneOf = (accounts: readonly Account[], one: Account): boolean =>
  accounts.some((other) => sameAccount(other, one))

function truthAfter(truth: Truth, { mayApprove, gone }: Life, { by, kind }: SaidEvent): Truth {
  const human = humanOf(by)
  if (isOneOf(gone, by)) return truth
  const isSubject = human === humanOf(theSubject)
  const mayDecide = !isSubject && human !== humanOf(theRequester) && isOneOf(mayApprove, by)
  return {
    approved: kind === 'approve' && mayDecide ? new Set([...truth.approved, human]) : truth.approved,
    pressed: truth.pressed || (kind === 'claim' && sameAccount(by, theSubject)),
    stopped: truth.stopped || (kind === 'not-me' && isSubject),
  }
}

/** One message through the rules, as the workflow does it. */
function heard(state: State, { mayApprove, gone }: Life, event: SaidEvent, now: number): State {
  const { by, kind } = event
  const statement = says(kind, personOf(by), now - asked)
  if (!isHeard(state, statement)) return state
  const approvals = 'approvals' in state ? state.approvals : []
  const approved = everyAccount.filter((one) => approvals.some((given) => given.by.person === idOf(one)))
  const standing = standingOf(by, { mayApprove, gone, approved })
  const verdict = answer(state, statement, standing, now)
  if (!verdict.ok) return evolve(state, refusedAttempt(statement, standing, verdict.reason, now))
  const after = verdict.value.reduce(evolve, state)
  return kind === 'claim' ? evolve(after, event.mint) : after
}

/** Every state of one life, beside the truth. */
function moments(life: Life): readonly (readonly [State, Truth])[] {
  let truth: Truth = { approved: new Set(), pressed: false, stopped: false }
  let state: State = [
    { ...facts.requested, subject: idOf(theSubject) },
    { ...facts.admitted, plan: { ...plan, needed: life.needed } },
  ].reduce<State>(evolve, { status: 'new' })
  return life.events.map((event, index) => {
    if (event.is === 'said') truth = truthAfter(truth, life, event)
    const now = asked + index * second
    state = event.is === 'fact' ? evolve(state, facts[event.type]) : heard(state, life, event, now)
    return [state, truth] as const
  })
}

const isShown = (state: State): boolean => 'lease' in state && state.lease !== undefined

describe('no order of messages and events', () => {
  it('shows a code without enough approvals by other people and a press by the subject', () => {
    let shown = 0
    assert(
      property(anyLife, (life) => {
        const after = moments(life).filter(([state]) => isShown(state))
        shown += after.length
        expect(after.filter(([, { approved, pressed }]) => !pressed || approved.size < life.needed)).toEqual(
          [],
        )
      }),
      { numRuns: 1500 },
    )
    expect(shown).toBeGreaterThan(500)
  })

  it('opens the claim without enough approvals by other people', () => {
    assert(
      property(anyLife, (life) => {
        const open = moments(life).filter(([{ status }]) => status === 'approved' || status === 'active')
        expect(open.filter(([, { approved }]) => approved.size < life.needed)).toEqual([])
      }),
      { numRuns: 800 },
    )
  })

  it('keeps a code alive after the subject said that it was not them', () => {
    let stopped = 0
    assert(
      property(anyLife, (life) => {
        const after = moments(life).filter(([, truth]) => truth.stopped)
        stopped += after.length
        expect(after.filter(([{ status }]) => status !== 'ending' && status !== 'ended')).toEqual([])
      }),
      { numRuns: 1500 },
    )
    expect(stopped).toBeGreaterThan(500)
  })

  it('counts one human being twice', () => {
    assert(
      property(anyLife, (life) => {
        const twice = moments(life).filter(([state]) => {
          const people = 'approvals' in state ? state.approvals.map((approval) => approval.by.person) : []
          const humans = everyAccount.filter((one) => people.includes(idOf(one))).map(humanOf)
          return new Set(humans).size !== people.length
        })
        expect(twice).toEqual([])
      }),
      { numRuns: 800 },
    )
  })
})
