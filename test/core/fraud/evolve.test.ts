import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evolveCase } from '../../../src/core/fraud/evolve.ts'
import type { CaseFact } from '../../../src/core/fraud/fact.ts'
import { steps } from '../../../src/core/fraud/plan.ts'
import { actorOf, asked, dana, hanna, minute, second } from '../exception/given.ts'
import {
  carl,
  closeAsked,
  fold,
  lookedAround,
  plan,
  reported,
  reportedAgain,
  sam,
  stateAfter,
  sue,
} from './given.ts'

const at = asked + 5 * minute
const named = { at, by: actorOf(sam), details: { name: 'Sam Reed' } } as const
const facts: { readonly [Type in CaseFact['type']]: CaseFact } = {
  reported: reported(),
  'reported-again': reportedAgain(),
  'step-taken': { type: 'step-taken', at, step: 'passes', result: { is: 'done', count: 2 } },
  'looked-around': lookedAround,
  taken: { ...named, type: 'taken' },
  'not-taken': { type: 'not-taken', at, times: 1 },
  raised: { type: 'raised', at, times: 1 },
  'said-mistaken': { ...named, type: 'said-mistaken', by: actorOf(dana), details: { name: 'Dana Cruz' } },
  noted: { ...named, type: 'noted', details: { name: 'Sam Reed', text: 'Called' } },
  'block-asked': { ...named, type: 'block-asked' },
  'close-asked': closeAsked,
  'unblock-agreed': { ...named, type: 'unblock-agreed', by: actorOf(sue), details: { name: 'Sue Park' } },
  'agreement-void': { type: 'agreement-void', at, refusal: { code: 'second-person' } },
  unblocked: { type: 'unblocked', at, result: { is: 'done' } },
  'word-refused': { ...named, type: 'word-refused', said: 'take', refusal: { code: 'security-only' } },
  'case-forged': { type: 'case-forged', at, said: 'close' },
  'case-closed': { type: 'case-closed', at, outcome: 'confirmed' },
}
const others = Object.values(facts).filter(({ type }) => type !== 'reported')

describe('a case', () => {
  it('begins with its report: everything of the plan is begun', () => {
    const state = stateAfter(facts.reported)
    expect(state.status).toBe('open')
    expect(Object.keys(state.steps)).toEqual(steps)
    expect(state.reporters).toEqual([
      {
        signature: 'signed',
        by: actorOf(dana),
        as: 'subject',
        name: 'Dana Cruz',
        at: asked,
        what: 'sign-in',
      },
    ])
  })

  it('keeps what came of a step, and when', () => {
    const { steps: taken } = stateAfter(facts.reported, facts['step-taken'])
    expect(taken.passes).toEqual({ since: asked, at, result: { is: 'done', count: 2 } })
  })

  it('knows no result of what was not begun', () => {
    const bySomebody = reported({ as: 'somebody', by: actorOf(carl), plan: plan({ reporter: 'somebody' }) })
    const before = stateAfter(bySomebody)
    const blocked: CaseFact = { type: 'step-taken', at, step: 'block', result: { is: 'done' } }
    expect(evolveCase(before, blocked)).toBe(before)
  })

  it('is looked after by whoever took it last', () => {
    const over: CaseFact = { ...named, type: 'taken', by: actorOf(sue), details: { name: 'Sue Park' } }
    expect(stateAfter(facts.reported, facts.taken, over).taken?.name).toBe('Sue Park')
  })

  it.each(others.map((fact) => [fact.type, fact] as const))('is nothing before its report: %s', (_, fact) => {
    expect(fold(fact)).toBeUndefined()
  })

  it('takes no agreement where nobody asked for a close', () => {
    expect(stateAfter(facts.reported, facts['unblock-agreed']).agreed).toBeUndefined()
  })

  it('closes by the words that were agreed to', () => {
    const later: CaseFact = { ...closeAsked, outcome: 'false-alarm', close: 'another' }
    const state = stateAfter(facts.reported, closeAsked, facts['unblock-agreed'], later)
    expect(state.closing?.close).toBe(closeAsked.close)
  })

  it('is asked to close anew while nobody has agreed', () => {
    const later: CaseFact = { ...closeAsked, outcome: 'false-alarm', close: 'another' }
    expect(stateAfter(facts.reported, closeAsked, later).closing).toMatchObject({ close: 'another' })
  })
})

describe('two reports about one person make one case', () => {
  const bySomebody = reported({
    by: actorOf(carl),
    as: 'somebody',
    plan: plan({ reporter: 'somebody' }),
    details: { subjectName: 'Dana Cruz', reporterName: 'Carl Fox' },
  })
  const byHelpdesk = reportedAgain({ details: { reporterName: 'Hanna Weiss', words: 'An odd caller' } })

  it('with the stricter of the two plans, whoever came first', () => {
    const one = stateAfter(bySomebody, byHelpdesk).plan
    const two = stateAfter(
      reported({ by: actorOf(hanna), as: 'helpdesk', plan: plan({ reporter: 'helpdesk' }) }),
      reportedAgain({ by: actorOf(carl), as: 'somebody', plan: plan({ reporter: 'somebody' }) }),
    ).plan
    expect(one).toEqual(two)
    expect(one).toMatchObject({ steps, requests: 'refused' })
  })

  it('and what was begun goes on as it was, what is new begins then', () => {
    const { steps: begun } = stateAfter(bySomebody, facts['step-taken'], byHelpdesk)
    expect(begun.passes).toEqual({ since: asked, at, result: { is: 'done', count: 2 } })
    expect(begun.block).toEqual({ since: byHelpdesk.at })
  })

  it('and everybody is heard with their own words', () => {
    expect(stateAfter(bySomebody, byHelpdesk).reporters).toEqual([
      {
        signature: 'signed',
        by: actorOf(carl),
        as: 'somebody',
        name: 'Carl Fox',
        at: asked,
        what: 'sign-in',
      },
      {
        signature: 'signed',
        by: actorOf(hanna),
        as: 'helpdesk',
        name: 'Hanna Weiss',
        at: byHelpdesk.at,
        what: 'caller',
        words: 'An odd caller',
      },
    ])
  })

  it('and what waited for security is done by the word of whoever may have it done', () => {
    const tooMany = reported({
      by: actorOf(hanna),
      as: 'helpdesk',
      plan: plan({ reporter: 'helpdesk', recentBlocks: 3 }),
    })
    const bySubject = reportedAgain({ by: actorOf(dana), as: 'subject', plan: plan() })
    const state = stateAfter(tooMany, bySubject)
    expect(state.plan.withheld).toBeUndefined()
    expect(state.steps.block).toEqual({ since: bySubject.at })
  })

  it('and what both want withheld waits together', () => {
    const first = plan({ subjectProtected: true })
    const narrow = { ...first, withheld: { because: 'protected', steps: ['sessions'] } } as const
    const state = stateAfter(reported({ plan: narrow }), reportedAgain({ plan: first }))
    expect(state.plan.withheld).toEqual({
      because: 'protected',
      steps: ['sessions', 'checks', 'block', 'risk'],
    })
  })
})

describe('what waited', () => {
  const waiting = reported({ plan: plan({ subjectProtected: true }) })

  it('is begun by the word of security, once', () => {
    const state = stateAfter(waiting, { ...named, type: 'block-asked' })
    expect(state.plan).toMatchObject({ steps })
    expect(state.plan.withheld).toBeUndefined()
    expect(state.steps.block).toEqual({ since: at })
    expect(
      stateAfter(waiting, facts['block-asked'], { ...named, at: at + second, type: 'block-asked' }),
    ).toEqual(state)
  })
})

describe('any facts', () => {
  const any = constantFrom(...Object.values(facts))

  it('fold, and what is closed stays as it is', () => {
    assert(
      property(array(any, { maxLength: 30 }), array(any, { maxLength: 10 }), (before, after) => {
        const closed = fold(facts.reported, ...before, facts['case-closed'])
        expect(closed?.status).toBe('closed')
        expect(after.reduce(evolveCase, closed)).toBe(closed)
      }),
    )
  })

  it('never begin a step twice, nor withhold what was begun', () => {
    const waiting = reported({ plan: plan({ subjectProtected: true }) })
    assert(
      property(array(any, { maxLength: 30 }), (chain) => {
        const state = stateAfter(waiting, ...chain)
        expect(new Set(state.plan.steps).size).toBe(state.plan.steps.length)
        expect(Object.keys(state.steps).toSorted()).toEqual([...state.plan.steps].toSorted())
        expect((state.plan.withheld?.steps ?? []).filter((step) => state.steps[step])).toEqual([])
      }),
    )
  })
})
