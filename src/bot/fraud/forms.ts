import type { App, ViewSubmitAction } from '@slack/bolt'
import { caseForms } from '../../core/card/actions.ts'
import { closeFields, reasonFields, reportFields } from '../../core/card/form-fields.ts'
import { usualKind } from '../../core/kinds.ts'
import type { CaseSaid } from '../../core/fraud/statement.ts'
import { caseAnswerText, commandText } from '../../core/text/en.ts'
import { personProblemText } from '../../core/text/person-problem-text.ts'
import { backToView, type Call } from '../call.ts'
import { deedOf, working } from '../form.ts'
import { answerTo } from '../frame.ts'
import type { BotPorts } from '../ports.ts'
import { agreedTo } from './agreed.schema.ts'
import { readClose, readReport, type ReportValues } from './form-values.ts'
import { orCallSecurity, reportDeed } from './deed.ts'
import { reportFraud, reportedText, speakOfCase } from './report.ts'

type View = ViewSubmitAction['view']

/** A form of cases: what is missing in it, by block, and what it leads to. */
type CaseForm = {
  readonly missing: (values: View['state']['values']) => Readonly<Record<string, string>>
  readonly answer: (call: Call, view: View) => Promise<void>
}

const answers: Readonly<Record<(typeof caseForms)[keyof typeof caseForms], CaseForm>> = {
  [caseForms.report]: {
    missing: (values) =>
      readReport(values).what === undefined ? { [reportFields.what.block]: commandText.choose } : {},
    answer: (call, view) => report(call, readReport(view.state.values)),
  },
  [caseForms.closeCase]: {
    missing(values) {
      const { outcome, reason } = readClose(values)
      return {
        ...(outcome === undefined && { [closeFields.outcome.block]: commandText.choose }),
        ...(reason === undefined && { [reasonFields.reason.block]: commandText.sayWhy }),
      }
    },
    answer: close,
  },
  [caseForms.agreeUnblock]: {
    missing: () => ({}),
    answer(call, view) {
      const { caseId, close: signature } = agreedTo(view.private_metadata)
      return about(call, caseId, { kind: 'unblock', body: { close: signature } })
    },
  },
}

/** Listens to the forms of cases. A form answers in its own window: first that it is at work, then what came of it. */
export function registerCaseForms(app: App, ports: BotPorts): void {
  for (const [form, { missing, answer }] of Object.entries(answers)) {
    app.view<ViewSubmitAction>(
      { callback_id: form, type: 'view_submission' },
      async ({ ack, body, view, client }) => {
        const errors = missing(view.state.values)
        if (Object.keys(errors).length > 0) return ack({ response_action: 'errors', errors: { ...errors } })
        await ack({ response_action: 'update', view: working })
        const back = backToView(ports, client, view.id)
        const deed = deedOf(body, view, usualKind)
        const judged = form === caseForms.report ? reportDeed(ports, deed) : deed
        return answerTo(ports, judged, back, (call) => answer(call, view))
      },
    )
  }
}

async function report(call: Call, { subject, what, ...told }: ReportValues): Promise<void> {
  if (what === undefined) return call.refuse(caseAnswerText.tooSlow())
  const { ports, speaker } = call
  const known = subject === undefined ? undefined : await ports.people.resolve(subject, 'disabled')
  if (known !== undefined && !known.ok)
    return call.refuse(orCallSecurity(ports, personProblemText(known.reason, commandText.they)))
  const { person, account } = known?.value ?? { person: speaker.person, account: speaker.actor }
  const subjectSlack = { team: account.team, user: account.user }
  const reported = await reportFraud(
    ports,
    speaker,
    { subject: person.id, subjectSlack, what, ...told },
    call,
  )
  return call.say(reportedText(reported))
}

async function close(call: Call, view: View): Promise<void> {
  const { outcome, reason, ...madeSafe } = readClose(view.state.values)
  if (outcome === undefined || reason === undefined) return call.refuse(caseAnswerText.tooSlow())
  return about(call, view.private_metadata, { kind: 'close', body: { outcome, reason, ...madeSafe } })
}

async function about(
  call: Call,
  caseId: string,
  said: Exclude<CaseSaid, { readonly kind: 'report' }>,
): Promise<void> {
  const view = await call.ports.cases.byId(caseId)
  return view === undefined
    ? call.refuse(caseAnswerText.unknown(call.ports.fraudCommand))
    : speakOfCase(call, view, said)
}
