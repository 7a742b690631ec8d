import type { State } from '../../core/exception/state.ts'
import { Fault } from '../../core/fault.ts'
import { displayId, type ExceptionId } from '../../core/ids.ts'
import type { FollowUpView } from '../../core/ports.ts'
import { factsOf } from './facts.ts'
import { foldException, foldFollowUp, type Chained } from './fold.ts'
import { query, type Session } from './query.ts'
import { stateRow, typed } from './rows.schema.ts'
import { storable } from './storable.ts'

/** Moves an exception's row by new facts of its own chain; the caller holds the chain's lock. */
export async function projectException(session: Session, id: ExceptionId, facts: Chained): Promise<void> {
  const found = await query(session, 'select state from exception_view where exception_id = $1 for update', [
    id,
  ])
  if (facts.some(({ fact }) => fact.type === 'requested' && fact.exceptionId !== id)) {
    throw new TypeError('A chain is about the exception that it is named after.')
  }
  const before: State = found[0] === undefined ? { status: 'new' } : typed(stateRow, found[0]).state
  await saveState(session, id, foldException(before, facts), facts.at(-1)?.seq ?? 0)
}

/** Moves the follow-up's part of an exception's row; its chain is short enough to be folded from its beginning. */
export async function projectFollowUp(session: Session, id: ExceptionId): Promise<void> {
  const [row] = await query(
    session,
    'select exception_id from exception_view where exception_id = $1 for update',
    [id],
  )
  if (row === undefined) throw new Fault('postgres', 'missing', 'exception_view')
  await saveFollowUp(session, id, foldFollowUp(await factsOf(session, `follow-up/${id}`)))
}

/** Writes an exception's row, all but the follow-up's part. Facts before the request leave no row. */
export async function saveState(session: Session, id: ExceptionId, state: State, seq: number): Promise<void> {
  if (state.status === 'new') return
  const { kind, subject, requester, requestedAt } = state.request
  const shown = displayId(kind, id)
  await query(
    session,
    `insert into exception_view (exception_id, display_id, letters, kind, status, subject, requester,
       requested_at, state, seq)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (exception_id) do update
       set status = excluded.status, state = excluded.state, seq = excluded.seq`,
    [
      id,
      shown,
      shown.slice(shown.indexOf('-')).replaceAll('-', ''),
      kind,
      state.status,
      subject,
      requester.person,
      new Date(requestedAt),
      storable(state),
      seq,
    ],
  )
}

/** Writes the follow-up's part of an exception's row. */
export async function saveFollowUp(
  session: Session,
  id: ExceptionId,
  view: FollowUpView | undefined,
): Promise<void> {
  await query(
    session,
    'update exception_view set follow_up_status = $2, follow_up_reminders = $3 where exception_id = $1',
    [id, view?.status ?? null, view?.reminders ?? 0],
  )
}
