import { fraudWorkflowId } from '../core/names.ts'
import { caseDisplayId, idPrefix } from '../core/ids.ts'
import type { Case } from '../core/fraud/state.ts'
import type { CaseView } from '../core/ports.ts'
import { caseTerminalText } from '../core/text/en.ts'
import { step } from '../start-step.ts'
import { caseNow } from '../workflows/messages.ts'
import type { Ground } from './ground.ts'

/** How long the engine may take to say how a case stands; milliseconds. */
const answersWithin = 5_000

/** The case that somebody typed the id of, as the records know it. Rejects when it is none, or not the only one. */
export async function findCase({ cases }: Ground, typed: string): Promise<CaseView> {
  const letters = idPrefix(typed)
  const found = letters === undefined ? [] : await askRecords(() => cases.byPrefix(letters))
  const [view, ...others] = found
  if (view === undefined) throw new Error(caseTerminalText.unknown)
  if (others.length === 0) return view
  throw new Error(caseTerminalText.ambiguous(found.map(({ caseId }) => caseDisplayId(caseId))))
}

/** Asks PostgreSQL; what fails is said in a sentence. */
export async function askRecords<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  return step("PostgreSQL can't be asked: check DATABASE_URL", ask)
}

/**
 * How a case stands by its workflow: while Slack is away its facts wait there for the cards. Undefined when nobody answers,
 * or when the workflow is about a later case.
 */
export async function askWorkflow(
  { client }: Ground,
  { caseId, state }: CaseView,
): Promise<Case | undefined> {
  if (client === undefined) return undefined
  const workflow = client.workflow.getHandle(fraudWorkflowId(state.report.subject))
  const now = await client
    .withDeadline(Date.now() + answersWithin, () => workflow.query(caseNow))
    .catch(() => undefined)
  return now?.report.caseId === caseId ? now : undefined
}
