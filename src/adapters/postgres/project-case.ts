import type { Case } from '../../core/fraud/state.ts'
import { caseDisplayId, type CaseId } from '../../core/ids.ts'
import { factsOf } from './facts.ts'
import { foldCase } from './fold.ts'
import { query, type Session } from './query.ts'
import { storable } from './storable.ts'

/** Moves a case's row; its chain is short enough to be folded from its beginning. The caller holds the chain's lock. */
export async function projectCase(session: Session, id: CaseId): Promise<void> {
  const facts = await factsOf(session, `case/${id}`)
  const state = foldCase(facts)
  if (state === undefined) return
  if (state.report.caseId !== id) throw new TypeError('A chain is about the case that it is named after.')
  await saveCase(session, { id, state, seq: facts.at(-1)?.seq ?? 0 })
}

type Row = {
  readonly id: CaseId
  readonly state: Case
  readonly seq: number
}

async function saveCase(session: Session, { id, state, seq }: Row): Promise<void> {
  const { report, status } = state
  const shown = caseDisplayId(id)
  await query(
    session,
    `insert into case_view (case_id, letters, status, subject, reporter, reported_at, state, seq)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (case_id) do update
       set status = excluded.status, state = excluded.state, seq = excluded.seq`,
    [
      id,
      shown.slice(shown.indexOf('-')).replaceAll('-', ''),
      status,
      report.subject,
      report.by.person,
      new Date(report.reportedAt),
      storable(state),
      seq,
    ],
  )
}
