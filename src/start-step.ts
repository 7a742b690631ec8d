import { PolicyError } from './adapters/policy-file/policy-error.ts'
import { UnfitDatabase } from './adapters/postgres/installation.ts'
import { Fault } from './core/fault.ts'

/**
 * Runs one step of the start. What fails is said in one sentence that names what to mend, with the cause in brackets;
 * errors that name it themselves pass as they are.
 */
export async function step<Value>(mend: string, work: () => Promise<Value> | Value): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof UnfitDatabase || error instanceof PolicyError) throw error
    throw new Error(`${mend} (${causeOf(error)})`, { cause: error })
  }
}

/** What went wrong, in few words and without what was sent. */
export function causeOf(error: unknown): string {
  if (error instanceof Fault) return `${error.code}: ${error.status}`
  if (!(error instanceof Error)) return 'unknown'
  if ('code' in error && typeof error.code === 'string') return error.code
  // Temporal's transport quotes the system's words last, within its own notation.
  return /"([^"]+)"[^"]*$/.exec(error.message)?.[1] ?? error.message
}
