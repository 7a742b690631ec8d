import type { App, ViewSubmitAction } from '@slack/bolt'
import { caseForms } from '../../core/card/actions.ts'
import { closeFields, reasonFields, reportFields } from '../../core/card/form-fields.ts'
import type { What } from '../../core/fraud/statement.ts'
import { no, yes, type Result } from '../../core/result.ts'
import { caseAnswerText, commandText } from '../../core/text/en.ts'
import { personProblemText } from '../../core/text/person-problem-text.ts'
import { backToView, type Call } from '../call.ts'
import { deedOf, working } from '../form.ts'
import { answerTo } from '../frame.ts'
import type { BotPorts } from '../ports.ts'
import { agreedTo } from './agreed.schema.ts'
import { readClose, readReport, type ReportValues } from './form-values.ts'
import { orCallSecurity, reportDeed } from './deed.ts'
import { reportFraud, reportedText, speakOfCase, type CaseWords } from './report.ts'

type View = ViewSubmitAction['view']

/** Reads a form of cases: what it leads to, or what is missing in it, by block. */
type Read = (view: View) => Result<(call: Call) => Promise<void>, Readonly<Record<string, string>>>

const readers: Readonly<Record<(typeof caseForms)[keyof typeof caseForms], Read>> = {
  [caseForms.report]: ({ state }) => {
    const { what, ...told } = readReport(state.values)
    return what === undefined
      ? no({ [reportFields.what.block]: commandText.choose })
      : yes((call) => report(call, { what, ...told }))
  },
  [caseForms.closeCase]: ({ state, private_metadata: caseId }) => {
    const { outcome, reason, ...madeSafe } = readClose(state.values)
    if (outcome !== undefined && reason !== undefined) {
      const body = { outcome, reason, ...madeSafe }
      return yes((call) => about(call, caseId, { kind: 'close', body }))
    }
    return no({
      ...(outcome === undefined && { [closeFields.outcome.block]: commandText.choose }),
      ...(reason === undefined && { [reasonFields.reason.block]: commandText.sayWhy }),
    })
  },
  [caseForms.agreeUnblock]: ({ private_metadata: metadata }) =>
    yes((call) => {
      const { caseId, close } = agreedTo(metadata)
      return about(call, caseId, { kind: 'unblock', body: { close } })
    }),
}

/** Listens to the forms of cases. A form answers in its own window: first that it is at work, then what came of it. */
export function registerCaseForms(app: App, ports: BotPorts): void {
  for (const [form, read] of Object.entries(readers)) {
    app.view<ViewSubmitAction>(
      { callback_id: form, type: 'view_submission' },
      async ({ ack, body, view, client }) => {
        const answer = read(view)
        if (!answer.ok) return ack({ response_action: 'errors', errors: { ...answer.reason } })
        await ack({ response_action: 'update', view: working })
        const back = backToView(ports, client, view.id)
        const deed = deedOf(body, view)
        const judged = form === caseForms.report ? reportDeed(ports, deed) : deed
        return answerTo(ports, judged, back, answer.value)
      },
    )
  }
}

type Told = ReportValues & { readonly what: What }

async function report(call: Call, { subject, ...told }: Told): Promise<void> {
  const { ports, speaker } = call
  const known = subject === undefined ? undefined : await ports.people.resolve(subject, 'disabled')
  if (known !== undefined && !known.ok)
    return call.refuse(orCallSecurity(ports, personProblemText(known.reason, commandText.they)))
  const { person, account } = known?.value ?? { person: speaker.person, account: speaker.actor }
  const subjectSlack = { team: account.team, user: account.user }
  const reported = await reportFraud(ports, speaker, { subject: person.id, subjectSlack, ...told }, call)
  return call.say(reportedText(reported))
}

async function about(call: Call, caseId: string, said: CaseWords): Promise<void> {
  const view = await call.ports.cases.byId(caseId)
  return view === undefined
    ? call.refuse(caseAnswerText.unknown(call.ports.fraudCommand))
    : speakOfCase(call, view, said)
}
