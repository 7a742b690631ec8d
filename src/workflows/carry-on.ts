import {
  afterProlonging,
  afterStop,
  hasReplaced,
  isInPlace,
  type Prolonged,
} from '../core/exception/extension.ts'
import { endBeside } from './ending.ts'
import { openExtension } from './extension.ts'
import type { Life } from './life.ts'
import { whyNot } from './why-not.ts'

/** What follows for what is to be extended, and for the extension, from what was just said. */
export async function carryOn(life: Life): Promise<void> {
  const extension = openExtension(life)
  if (extension === undefined || life.state().status !== 'active') return
  const state = extension.state()
  const { exceptionId } = extension.request.statement
  if (hasReplaced(state)) return life.add([{ type: 'replaced', at: Date.now(), by: exceptionId }])
  if (state.status === 'approved' && isInPlace(state.plan)) return prolong(life, extension)
  if (state.status !== 'ending') return
  life.add(afterStop(state, Date.now()))
  // Beside what is out: ending that waits for nothing.
  extension.beingEnded ??= endBeside(extension)
}

/** Approved: the credential that is out gets its time at once. */
async function prolong(life: Life, extension: Life): Promise<void> {
  const { request, approvals } = extension
  const { exceptionId } = request.statement
  const prolonged = await life.activities
    .prolong({ request, approvals })
    .catch((error): Prolonged => ({ is: 'refused', refusal: whyNot(error) }))
  const facts = afterProlonging(exceptionId, prolonged, Date.now())
  extension.add(facts)
  life.add(facts.filter(({ type }) => type === 'extended'))
}
