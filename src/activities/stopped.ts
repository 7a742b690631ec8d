import type { StatementOf } from '../core/envelope/statement.ts'
import type { Ports } from './ports.ts'

/** Whether somebody ended this exception, or what it was to take the place of: then nobody wants it. */
export async function isStopped(
  ports: Ports,
  { exceptionId, body }: StatementOf<'request'>,
): Promise<boolean> {
  const ids = body.extends === undefined ? [exceptionId] : [exceptionId, body.extends]
  const stopped = await Promise.all(ids.map((id) => ports.stops.isStopped(id)))
  return stopped.includes(true)
}
