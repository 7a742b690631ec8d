import { setTimeout as sleep } from 'node:timers/promises'
import type { ExceptionView } from '../core/ports.ts'
import { heardText } from '../core/text/answers.ts'
import type { Markup } from '../core/text/markup.ts'
import type { BotPorts } from './ports.ts'
import { spokenText, type Spoken } from './speak.ts'

/** How long a person waits for the ledger to show what the word led to; milliseconds. */
const patience = 1_500
const pause = 100

/** What the speaker reads after a decision: where the exception stands now, or, when that is not known in time, that the card will say it. */
export async function whatFollowed(ports: BotPorts, before: ExceptionView, spoken: Spoken): Promise<Markup> {
  if (!spoken.ok || spoken.value !== 'heard') return spokenText(spoken, before)
  for (const until = ports.now() + patience; ports.now() < until; await sleep(pause)) {
    const after = await ports.views.byId(before.exceptionId).catch(() => undefined)
    if (after !== undefined && hasMoved(before, after)) return heardText(after)
  }
  return spokenText(spoken, before)
}

function hasMoved({ state: before }: ExceptionView, { state: after }: ExceptionView): boolean {
  return before.status !== after.status || approvals(before) !== approvals(after)
}

function approvals(state: ExceptionView['state']): number {
  return 'approvals' in state ? state.approvals.length : 0
}
