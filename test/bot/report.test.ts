import { expect, it } from 'vitest'
import { reportedText, reportFraud } from '../../src/bot/fraud/report.ts'
import type { BotPorts } from '../../src/bot/ports.ts'
import type { Envelope } from '../../src/core/envelope/statement.ts'
import type { CaseStatementOf, ReportBody } from '../../src/core/fraud/statement.ts'
import type { PersonId } from '../../src/core/ids.ts'
import { nothingRecordedText } from '../../src/core/text/answers.ts'
import { caseAnswerText } from '../../src/core/text/en.ts'

type Report = Envelope<CaseStatementOf<'report'>>

const dana: PersonId = 'entra:dana'
const actor = { team: 'T1', user: 'U0DANA', person: dana }
const person = { id: dana, name: 'Dana Cruz', mail: 'dana@contoso.example', enabled: true, guest: false }
const body: Omit<ReportBody, 'policyHash'> = { subject: dana, what: 'caller', words: 'a caller' }
const [own, running] = ['10000000-0000-4000-8000-000000000000', '20000000-0000-4000-8000-000000000000']

/** Ports that record who got which report; whoever is silent has it all the same, and does not say so. */
function portsWith(silent: { readonly temporal?: boolean; readonly postgres?: boolean }) {
  const got: { readonly who: 'temporal' | 'postgres'; readonly report: Report }[] = []
  const take = async (who: 'temporal' | 'postgres', report: Report): Promise<void> => {
    got.push({ who, report })
    if (silent[who] === true) throw new Error(`${who} does not answer.`)
  }
  const ports = {
    uuid: () => own,
    now: () => 7,
    policy: () => ({ hash: 'the policy in force' }),
    signer: { sign: (statement: object) => ({ statement, keyId: 'k', signature: 's' }) },
    caseEngine: {
      report: async (report: Report) => {
        await take('temporal', report)
        return running
      },
    },
    revocations: { writeReport: (report: Report) => take('postgres', report) },
  }
  return { got, ports: ports as unknown as BotPorts }
}

it('a report is signed as what the verified account said, and Temporal alone gets it', async () => {
  const { got, ports } = portsWith({})
  expect(await reportFraud(ports, { actor, person }, body)).toEqual({ is: 'open', caseId: running })
  expect(got.map(({ who }) => who)).toEqual(['temporal'])
  expect(got[0]?.report.statement).toEqual({
    v: 1,
    caseId: own,
    actor,
    at: 7,
    kind: 'report',
    body: { ...body, policyHash: 'the policy in force' },
  })
})

it('where Temporal is silent PostgreSQL gets just the same, and the person reads that it is acted on', async () => {
  const { got, ports } = portsWith({ temporal: true })
  const reported = await reportFraud(ports, { actor, person }, body)
  expect(reported).toEqual({ is: 'soon', caseId: own })
  expect(got.map(({ who }) => who)).toEqual(['temporal', 'postgres'])
  expect(got[1]?.report).toEqual(got[0]?.report)
  expect(reportedText(reported)).toEqual(caseAnswerText.reported('soon', own))
})

it('where both are silent nobody is told that anything is recorded', async () => {
  const { ports } = portsWith({ temporal: true, postgres: true })
  const reported = await reportFraud(ports, { actor, person }, body)
  expect(reported).toEqual({ is: 'unrecorded' })
  expect(reportedText(reported)).toEqual(nothingRecordedText('temporal'))
})
