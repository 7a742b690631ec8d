import { codeHidden } from '../core/card/code.ts'
import { Fault } from '../core/fault.ts'
import type { Ports } from './ports.ts'

/** Takes the code off the screen. A view that was closed in the meantime shows nothing any more: that is a success. */
export async function hideCode(ports: Ports, view: string, exceptionId: string): Promise<void> {
  try {
    await ports.slack.updateView(view, codeHidden(exceptionId))
  } catch (error) {
    if (!(error instanceof Fault) || error.passing) throw error
  }
}
