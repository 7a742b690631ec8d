import { allKinds, kinds, usualKind, type Kind } from '../core/kinds.ts'
import type { App, ViewOutput, ViewSubmitAction } from '@slack/bolt'
import { forms } from '../core/card/actions.ts'
import { approveFields, reasonFields } from '../core/card/form-fields.ts'
import type { Problems } from '../core/card/request-form.ts'
import type { Said } from '../core/envelope/statement.ts'
import { checkRequest } from '../core/policy/check-request.ts'
import { commandText } from '../core/text/en.ts'
import { personProblemText } from '../core/text/person-problem-text.ts'
import { backToView, type Back, type Call, type Client } from './call.ts'
import { readCheck, readReason, readRequest, type Values } from './form-values.ts'
import { registerExtendForm } from './extend-form.ts'
import { atBlocks, deedOf, working } from './form.ts'
import { answerAbout, answerTo, type Answer } from './frame.ts'
import { portsFor, type BotPorts, type KindPorts } from './ports.ts'
import { ask } from './request.ts'
import { filledForm, problemsOf } from './request-form.ts'
import { speak } from './speak.ts'
import { whatFollowed } from './what-followed.ts'

/** What a form says about the exception that its window was opened for, and what it asks for when that is missing. */
type Decision = {
  readonly read: (values: Values) => Said | undefined
  readonly missing: Readonly<Record<string, string>>
}

const decisions: Readonly<Record<string, Decision>> = {
  [forms.approve]: {
    read: (values) => {
      const checked = readCheck(values)
      return checked && { kind: 'approve', body: { checked } }
    },
    missing: { [approveFields.checked.block]: commandText.choose },
  },
  [forms.deny]: withReason('deny'),
  [forms.revoke]: withReason('revoke'),
}

function withReason(kind: 'deny' | 'revoke'): Decision {
  return {
    read: (values) => {
      const reason = readReason(values)
      return reason === undefined ? undefined : { kind, body: { reason } }
    },
    missing: { [reasonFields.reason.block]: commandText.sayWhy },
  }
}

/** Listens to the forms. A form answers in its own window: first that it is at work, then what came of it. */
export function registerForms(app: App, ports: BotPorts): void {
  app.view<ViewSubmitAction>(
    { callback_id: forms.request, type: 'view_submission' },
    async ({ ack, body, view, client }) => {
      const kind = kindOf(view)
      const problems = formProblems(ports, kind, view.state.values)
      const errors = Object.entries(problems)
      if (errors.length > 0) {
        return ack({ response_action: 'errors', errors: Object.fromEntries(errors) })
      }
      await ack({ response_action: 'update', view: working })
      const back = backToForm(portsFor(ports, kind), client, view)
      return answerTo(ports, deedOf(body, view, kind), back, (call) => request(call, view.state.values))
    },
  )
  registerExtendForm(app, ports)
  for (const [form, { read, missing }] of Object.entries(decisions)) {
    app.view<ViewSubmitAction>(
      { callback_id: form, type: 'view_submission' },
      async ({ ack, body, view, client }) => {
        const said = read(view.state.values)
        if (said === undefined) return ack({ response_action: 'errors', errors: { ...missing } })
        await ack({ response_action: 'update', view: working })
        const decide: Answer = async (call, about) => {
          const spoken = await speak(ports, call.speaker, about, said, call)
          return call.say(await whatFollowed(ports, about, spoken))
        }
        const back = backToView(ports, client, view.id)
        return answerTo(ports, deedOf(body, view), back, answerAbout(view.private_metadata, decide))
      },
    )
  }
}

/** The request form's own window: a refusal stands above what was filled in, to be mended or copied. */
function backToForm(ports: KindPorts, client: Client, { id, state }: ViewOutput): Back {
  const back = backToView(ports, client, id)
  const refuse: Back['refuse'] = async (refused) =>
    back.replace({ id }, await filledForm(ports, readRequest(state.values), { refused }))
  return { ...back, refuse }
}

/** Which kind the form was opened for; it is in what Slack signed, and decides nothing that is not judged again. */
function kindOf({ private_metadata: kind }: ViewOutput): Kind {
  return allKinds.find((known) => known === kind) ?? usualKind
}

/** What is missing or against the rules, by the block that Slack shows it at. */
function formProblems(ports: BotPorts, kind: Kind, values: Values): Readonly<Record<string, string>> {
  const { ticket, reason, subject, duration, category, application } = readRequest(values)
  const { defaults } = ports.policy().policy
  const asked = { reason, ...(ticket === undefined ? {} : { ticket }) }
  const problems: Problems = {
    ...(subject === undefined && { subject: commandText.choose }),
    ...(duration === undefined && { duration: commandText.choose }),
    ...(category === undefined && { category: commandText.choose }),
    ...(kinds[kind].opens === 'application' &&
      application === undefined && { application: commandText.choose }),
    ...problemsOf(checkRequest(defaults, asked)),
  }
  return atBlocks(problems)
}

async function request(call: Call, values: Values): Promise<void> {
  const { ticket, reason, subject, duration, category, application } = readRequest(values)
  if (subject === undefined || duration === undefined || category === undefined) {
    return call.refuse(commandText.noSuchCard(call.ports.command))
  }
  const known = await call.ports.people.resolve(subject)
  if (!known.ok) return call.refuse(personProblemText(known.reason, commandText.they))
  return ask(call, { subject: known.value, duration, category, reason, ticket, application })
}
