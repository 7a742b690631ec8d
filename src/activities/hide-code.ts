import { codeHidden } from '../core/card/code.ts'
import type { KnownState } from '../core/exception/state.ts'
import { Fault } from '../core/fault.ts'
import type { Ports } from './ports.ts'

/** Takes the code off the screen, and says where its exception stands. A view that was closed in the meantime shows nothing any more: that is a success. */
export async function hideCode(ports: Ports, view: string, state: KnownState): Promise<void> {
  try {
    await ports.slack.updateView(view, codeHidden(state))
  } catch (error) {
    if (!(error instanceof Fault) || error.passing) throw error
  }
}
