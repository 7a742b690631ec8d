import type { Case } from '../../core/fraud/state.ts'
import { caseDisplayId, type CaseId } from '../../core/ids.ts'
import { factsOf } from './facts.ts'
import { foldCase, type Chained } from './fold.ts'
import { query, type Session } from './query.ts'
import { storable } from './storable.ts'

/** Moves a case's row; its chain is short enough to be folded from its beginning. The caller holds the chain's lock. */
export async function projectCase(session: Session, id: CaseId): Promise<void> {
  const facts = await factsOf(session, `case/${id}`)
  const state = foldCase(facts)
  if (state === undefined) return
  if (state.report.caseId !== id) throw new TypeError('A chain is about the case that it is named after.')
  await saveCase(session, { id, state, seq: facts.at(-1)?.seq ?? 0, blockedOther: blocksOther(facts) })
}

/** By its own word: neither security's, nor that of whoever reported later, counts against whoever reported first. */
function blocksOther(facts: Chained): boolean {
  return facts.some(
    ({ fact }) => fact.type === 'reported' && fact.as !== 'subject' && fact.plan.steps.includes('block'),
  )
}

type Row = {
  readonly id: CaseId
  readonly state: Case
  readonly seq: number
  readonly blockedOther: boolean
}

async function saveCase(session: Session, { id, state, seq, blockedOther }: Row): Promise<void> {
  const { report, status } = state
  const shown = caseDisplayId(id)
  await query(
    session,
    `insert into case_view (case_id, letters, status, subject, reporter, blocked_other, reported_at, state, seq)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (case_id) do update
       set status = excluded.status, blocked_other = excluded.blocked_other, state = excluded.state,
         seq = excluded.seq`,
    [
      id,
      shown.slice(shown.indexOf('-')).replaceAll('-', ''),
      status,
      report.subject,
      report.by.person,
      blockedOther,
      new Date(report.reportedAt),
      storable(state),
      seq,
    ],
  )
}
