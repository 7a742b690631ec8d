import { setHandler } from '@temporalio/workflow'
import { evolveCase } from '../core/fraud/evolve.ts'
import type { CaseFact } from '../core/fraud/fact.ts'
import type { CasePlan, Step } from '../core/fraud/plan.ts'
import type { Case } from '../core/fraud/state.ts'
import type { CaseStatement, CaseStatementOf } from '../core/fraud/statement.ts'
import { isCaseEnvelope } from '../core/envelope/is-envelope.ts'
import type { Envelope } from '../core/envelope/statement.ts'
import { useActivities } from './activities.ts'
import { keepChronicle } from './chronicle.ts'
import { openInbox, type Inbox } from './inbox.ts'
import { caseNow, type CaseStart } from './messages.ts'

/** A report, and what it leads to once that is known. */
export type Heeded = {
  readonly report: Envelope<CaseStatementOf<'report'>>
  readonly plan?: CasePlan
}

/** One case while it goes on: what was said, and the only way to change its state. */
export type CaseFile = {
  readonly activities: ReturnType<typeof useActivities>
  /** The reports, the first one first; each may lead to steps of its own. */
  readonly reports: Heeded[]
  /** The words that something rests on: activities verify them themselves. */
  readonly words: Envelope<CaseStatement>[]
  /** Undefined until it is known who reported. */
  readonly state: () => Case | undefined
  /** Steps that were begun. */
  readonly begun: Set<Step>
  /** Steps of which it is known what came of them, also when the case is closed by then. */
  readonly done: Set<Step>
  readonly inbox: Inbox<CaseStatement>
  /** Facts change the state, go to the ledger, and bring the cards up to date. What comes before the report waits for it. */
  add(facts: readonly CaseFact[]): void
  /** Resolves when everything is in the ledger and told. */
  published(): Promise<void>
}

/** Opens the file: its chain and its inbox. */
export function openFile({ report }: CaseStart): CaseFile {
  const activities = useActivities()
  let state: Case | undefined
  const early: CaseFact[] = []
  const chronicle = keepChronicle<CaseFact>(async (facts) => {
    if (state !== undefined) await activities.tellCase({ state, facts })
  })
  const take = (facts: readonly CaseFact[]): void => {
    for (const fact of facts) state = evolveCase(state, fact)
    chronicle.add(facts)
  }
  setHandler(caseNow, () => state)
  return {
    activities,
    reports: [{ report }],
    words: [],
    state: () => state,
    begun: new Set(),
    done: new Set(),
    inbox: openInbox({
      isEnvelope: isCaseEnvelope,
      refuse: ({ kind }) => (state?.status === 'closed' && kind !== 'report' ? 'over' : undefined),
    }),
    add(facts) {
      if (facts.length === 0) return
      if (state === undefined && facts[0]?.type !== 'reported') early.push(...facts)
      else take([...facts, ...early.splice(0)])
    },
    published: () => chronicle.published(),
  }
}
