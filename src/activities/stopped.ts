import type { StatementOf } from '../core/envelope/statement.ts'
import type { Ports } from './ports.ts'

/** Whether this exception is stopped, or somebody wanted what it is to take the place of ended: then nobody wants it. */
export async function isStopped(
  { stops }: Pick<Ports, 'stops'>,
  { exceptionId, body }: StatementOf<'request'>,
): Promise<boolean> {
  const stopped = await Promise.all([
    stops.isStopped(exceptionId),
    body.extends === undefined ? false : stops.wasEndedByWord(body.extends),
  ])
  return stopped.includes(true)
}
