import { expect, it } from 'vitest'
import { reportedText, reportFraud } from '../../src/bot/fraud/report.ts'
import { sha256 } from '../../src/adapters/signing/keys.ts'
import type { BotPorts } from '../../src/bot/ports.ts'
import type { Envelope } from '../../src/core/envelope/statement.ts'
import type { CaseStatementOf, ReportBody } from '../../src/core/fraud/statement.ts'
import { idFrom, type PersonId } from '../../src/core/ids.ts'
import type { CaseView } from '../../src/core/ports.ts'
import { nothingRecordedText } from '../../src/core/text/answers.ts'
import { caseAnswerText } from '../../src/core/text/en.ts'

type Report = Envelope<CaseStatementOf<'report'>>

const dana: PersonId = 'entra:dana'
const actor = { team: 'T1', user: 'U0DANA', person: dana }
const person = { id: dana, name: 'Dana Cruz', mail: 'dana@contoso.example', enabled: true, guest: false }
const body: Omit<ReportBody, 'policyHash'> = { subject: dana, what: 'caller', words: 'a caller' }
const heard = { delivery: 'action/T1/U0DANA/1.2', at: 7 }
const own = idFrom(sha256(`case/${heard.delivery}`))
const running = '20000000-0000-4000-8000-000000000000'

/** Ports that record who got which report; whoever is silent has it all the same, and does not say so. */
function portsWith(silent: { readonly temporal?: boolean; readonly postgres?: boolean }, known?: CaseView) {
  const got: { readonly who: 'temporal' | 'postgres'; readonly report: Report }[] = []
  const take = async (who: 'temporal' | 'postgres', report: Report): Promise<void> => {
    got.push({ who, report })
    if (silent[who] === true) throw new Error(`${who} does not answer.`)
  }
  const ports = {
    sha256,
    cases: { byId: async () => (silent.postgres === true ? Promise.reject(new Error('away')) : known) },
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
  expect(await reportFraud(ports, { actor, person }, body, heard)).toEqual({ is: 'open', caseId: running })
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
  const reported = await reportFraud(ports, { actor, person }, body, heard)
  expect(reported).toEqual({ is: 'soon', caseId: own })
  expect(got.map(({ who }) => who)).toEqual(['temporal', 'postgres'])
  expect(got[1]?.report).toEqual(got[0]?.report)
  expect(reportedText(reported)).toEqual(caseAnswerText.reported('soon', own))
})

it('where both are silent nobody is told that anything is recorded', async () => {
  const { ports } = portsWith({ temporal: true, postgres: true })
  const reported = await reportFraud(ports, { actor, person }, body, heard)
  expect(reported).toEqual({ is: 'unrecorded' })
  expect(reportedText(reported)).toEqual(nothingRecordedText('temporal'))
})

it('a report that comes again is the same report, and opens no second case when the first is over', async () => {
  const [first, again] = [portsWith({}), portsWith({})]
  await reportFraud(first.ports, { actor, person }, body, heard)
  await reportFraud(again.ports, { actor, person }, body, heard)
  expect(again.got).toEqual(first.got)
  const closed = portsWith({}, { caseId: own } as CaseView)
  expect(await reportFraud(closed.ports, { actor, person }, body, heard)).toEqual({ is: 'open', caseId: own })
  expect(closed.got).toEqual([])
})
