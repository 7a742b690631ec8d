import type { CaseFact, CaseFactOf } from './fact.ts'
import type { CasePlan, Step } from './plan.ts'
import type { Case, Named, Reported, StepState } from './state.ts'

/**
 * What a case is after a fact; undefined before it was reported. Total: a fact that can't follow leaves it as it is, so that
 * a chain always folds.
 */
export function evolveCase(before: Case | undefined, fact: CaseFact): Case | undefined {
  if (before === undefined) return fact.type === 'reported' ? opened(fact) : undefined
  return before.status === 'closed' ? before : next(before, fact)
}

function opened(fact: CaseFactOf<'reported'>): Case {
  const { type: _type, at, details, plan, ...reported } = fact
  return {
    status: 'open',
    report: { ...reported, ...details, reportedAt: at },
    plan,
    steps: begun({}, plan.steps, at),
    reporters: [reporterOf(fact)],
    timesTold: 0,
    timesRaised: 0,
    mistakes: [],
    notes: [],
  }
}

function reporterOf({
  by,
  as,
  what,
  at,
  details,
}: CaseFactOf<'reported'> | CaseFactOf<'reported-again'>): Reported {
  const { reporterName: name, words } = details
  return { by, as, name, at, what, ...(words !== undefined && { words }) }
}

/** A step that was begun goes on as it is. */
function begun(known: Case['steps'], steps: readonly Step[], since: number): Case['steps'] {
  const fresh = steps.filter((step) => known[step] === undefined)
  return { ...known, ...Object.fromEntries(fresh.map((step): [Step, StepState] => [step, { since }])) }
}

function next(state: Case, fact: CaseFact): Case {
  switch (fact.type) {
    case 'reported-again':
      return reportedAgain(state, fact)
    case 'step-taken':
      return stepTaken(state, fact)
    case 'looked-around':
      return { ...state, around: { exceptions: fact.exceptions, ...fact.details } }
    case 'taken':
      return { ...state, taken: named(fact) }
    case 'not-taken':
      return { ...state, timesTold: fact.times }
    case 'raised':
      return { ...state, timesRaised: fact.times }
    case 'said-mistaken':
      return { ...state, mistakes: [...state.mistakes, named(fact)] }
    case 'noted':
      return { ...state, notes: [...state.notes, { by: fact.by, at: fact.at, ...fact.details }] }
    case 'block-asked':
      return blockAsked(state, fact)
    case 'close-asked':
      return closeAsked(state, fact)
    case 'unblock-agreed':
      return agreed(state, fact)
    case 'agreement-void': {
      const { agreed: _agreed, ...kept } = state
      return { ...kept, voided: fact.refusal }
    }
    case 'unblocked':
      return { ...state, unblocked: fact.result }
    case 'case-closed':
      return { ...state, status: 'closed', outcome: fact.outcome, closedAt: fact.at }
    case 'reported':
    case 'word-refused':
    case 'case-forged':
      return state
  }
}

function named({
  by,
  at,
  details: { name },
}: CaseFactOf<'taken' | 'said-mistaken' | 'unblock-agreed'>): Named {
  return { by, name, at }
}

/** Whoever may have more done by their word than who came first, has it done. What was promised to nobody is not taken back. */
function reportedAgain(state: Case, fact: CaseFactOf<'reported-again'>): Case {
  const steps = begun(state.steps, fact.plan.steps, fact.at)
  return {
    ...state,
    plan: stricter(state.plan, fact.plan, steps),
    steps,
    reporters: [...state.reporters, reporterOf(fact)],
  }
}

/** What both plans want, and of what either withheld the steps that are not begun. */
function stricter(
  before: CasePlan,
  { withheld: more, ...plan }: CasePlan,
  begunSteps: Case['steps'],
): CasePlan {
  const { withheld, ...kept } = before
  const waiting = unique([withheld, more].flatMap((one) => one?.steps ?? []))
  const stillWaiting = waiting.filter((step) => begunSteps[step] === undefined)
  const because = withheld?.because ?? more?.because
  return {
    ...kept,
    steps: unique([...kept.steps, ...plan.steps]),
    requests: [kept.requests, plan.requests].includes('refused') ? 'refused' : 'one-more',
    ...(because !== undefined && stillWaiting.length > 0 && { withheld: { because, steps: stillWaiting } }),
  }
}

function stepTaken(state: Case, { step, result, at }: CaseFactOf<'step-taken'>): Case {
  const known = state.steps[step]
  if (known === undefined) return state
  return { ...state, steps: { ...state.steps, [step]: { ...known, at, result } } }
}

/** Security's word: what waited for it is done. */
function blockAsked(state: Case, { at }: CaseFactOf<'block-asked'>): Case {
  const { withheld, ...plan } = state.plan
  const steps = withheld?.steps ?? []
  return {
    ...state,
    plan: { ...plan, steps: unique([...plan.steps, ...steps]) },
    steps: begun(state.steps, steps, at),
  }
}

/** What a second person agreed to stays as it was said. */
function closeAsked(state: Case, { by, at, outcome, close, details }: CaseFactOf<'close-asked'>): Case {
  if (state.agreed !== undefined) return state
  const { voided: _voided, ...kept } = state
  return { ...kept, closing: { by, at, outcome, close, ...details } }
}

function agreed(state: Case, fact: CaseFactOf<'unblock-agreed'>): Case {
  if (state.closing === undefined) return state
  const { voided: _voided, ...kept } = state
  return { ...kept, agreed: named(fact) }
}

function unique(all: readonly Step[]): readonly Step[] {
  return [...new Set(all)]
}
