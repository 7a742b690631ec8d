import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow'
import type { Service } from '../core/fault.ts'
import type { Refusal } from '../core/refusal.ts'

const services: readonly Service[] = ['graph', 'slack', 'postgres']

/** Why an activity could not answer, in words for the person who waits: the type of its failure is `<service>-<code>`. */
export function whyNot(error: unknown): Refusal {
  const cause = error instanceof ActivityFailure ? error.cause : undefined
  const [name, code] = cause instanceof ApplicationFailure ? (cause.type ?? '').split('-') : []
  const service = services.find((one) => one === name) ?? 'graph'
  const isLasting = code === 'missing' || code === 'refused'
  return { code: isLasting ? 'to-be-mended' : 'not-now', service }
}
