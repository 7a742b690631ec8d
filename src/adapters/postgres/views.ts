import type { Pool } from 'pg'
import type { ExceptionView, FollowUpView, Views } from '../../core/ports.ts'
import type { RevocationFact } from '../../core/revocation/fact.ts'
import { query } from './query.ts'
import { revocationsOf } from './revocations.ts'
import { typed, viewRow } from './rows.schema.ts'

const select =
  'select exception_id, display_id, state, follow_up_status, follow_up_reminders from exception_view'
const newest = 'order by requested_at desc, exception_id limit 50'

/** PostgreSQL answers anything else with an error, as if it were not there. */
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Reads of the projection that the ledger moves. */
export function createViews(pool: Pool): Views {
  const list = async (where: string, values: readonly string[] = []): Promise<readonly ExceptionView[]> => {
    const rows = await query(pool, `${select} where ${where} ${newest}`, values)
    const views = rows.map((row) => typed(viewRow, row))
    const revocations = await revocationsOf(
      pool,
      views.map((view) => view.exception_id),
    )
    return views.map((view) => viewOf(view, revocations))
  }
  return {
    byId: async (id) => (uuid.test(id) ? (await list('exception_id = $1', [id]))[0] : undefined),
    byPrefix: (letters) => list('starts_with(letters, $1)', [letters]),
    aboutSubject: (subject) => list('subject = $1', [subject]),
    ofRequester: (requester) => list('requester = $1', [requester]),
    open: () => list(`(status <> 'ended' or follow_up_status = 'open')`),
  }
}

/** The follow-up of a row; undefined when none was opened. */
function followUpOf(row: {
  readonly follow_up_status: FollowUpView['status'] | null
  readonly follow_up_reminders: number
}): FollowUpView | undefined {
  if (row.follow_up_status === null) return undefined
  return { status: row.follow_up_status, reminders: row.follow_up_reminders }
}

function viewOf(
  view: ReturnType<typeof typed<typeof viewRow>>,
  revocations: readonly RevocationFact[],
): ExceptionView {
  return {
    exceptionId: view.exception_id,
    displayId: view.display_id,
    state: view.state,
    followUp: followUpOf(view),
    revocations: revocations.filter((fact) => fact.exceptionId === view.exception_id),
  }
}
