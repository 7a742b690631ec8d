import type { Envelope } from '../../core/envelope/statement.ts'
import { always, type Step } from '../../core/fraud/plan.ts'
import type { CaseStatement } from '../../core/fraud/statement.ts'
import { raiseAlarm } from '../alarm.ts'
import type { Ports } from '../ports.ts'
import { isReport, judgeReport, type Report } from './open-case.ts'
import { takeStep } from './take-step.ts'

/**
 * Does what a report leads to while Temporal does not answer; the workflow does it once more, which changes nothing, and tells.
 * Rejects when a step has to be tried again, after every other one was.
 */
export async function carryOutReport(
  ports: Ports,
  report: Envelope<CaseStatement>,
): Promise<'ended' | 'refused'> {
  if (!isReport(ports, report)) {
    await raiseAlarm(ports, 'case', 'forged-message')
    return 'refused'
  }
  await everyOne([...always.map((step) => withoutTemporal(ports, step, report)), theRest(ports, report)])
  return 'ended'
}

async function theRest(ports: Ports, report: Report): Promise<void> {
  const { plan } = await judgeReport(ports, report)
  const rest = plan.steps.filter((step) => !always.includes(step))
  await everyOne(rest.map((step) => withoutTemporal(ports, step, report)))
}

/** None is given up because another one failed. Rejects as the first of those did, once all are over. */
async function everyOne(works: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(works)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

/** The workflows of exceptions hear of it when Temporal is back; what they own is gone by then. */
async function withoutTemporal(ports: Ports, step: Step, report: Report): Promise<void> {
  const exceptions = { stop: async () => undefined }
  await takeStep({ ...ports, exceptions }, { step, report })
}
