import type { App, ViewOutput, ViewSubmitAction } from '@slack/bolt'
import { forms } from '../core/card/actions.ts'
import { approveFields, reasonFields, requestFields } from '../core/card/form-fields.ts'
import type { Problems } from '../core/card/request-form.ts'
import { cardModal, textCard } from '../core/card/text-card.ts'
import type { Said } from '../core/envelope/statement.ts'
import { checkRequest } from '../core/policy/check-request.ts'
import { commandText } from '../core/text/en/commands.ts'
import { personProblemText } from '../core/text/person-problem-text.ts'
import { backToView, type Call, type Client } from './call.ts'
import { readCheck, readReason, readRequest, type Values } from './form-values.ts'
import type { BotPorts } from './ports.ts'
import { ask } from './request.ts'
import { problemsOf } from './request-form.ts'
import { speak, spokenText } from './speak.ts'
import { speakerOf } from './speaker.ts'

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
      const problems = formProblems(ports, view.state.values)
      const errors = Object.entries(problems)
      if (errors.length > 0) {
        return ack({ response_action: 'errors', errors: Object.fromEntries(errors) })
      }
      await ack({ response_action: 'update', view: working })
      return submitted(ports, body, view, client, (call) => request(call, view.state.values))
    },
  )
  for (const [form, { read, missing }] of Object.entries(decisions)) {
    app.view<ViewSubmitAction>(
      { callback_id: form, type: 'view_submission' },
      async ({ ack, body, view, client }) => {
        const said = read(view.state.values)
        if (said === undefined) return ack({ response_action: 'errors', errors: { ...missing } })
        await ack({ response_action: 'update', view: working })
        return submitted(ports, body, view, client, async (call) => {
          const about = await ports.views.byId(view.private_metadata)
          if (about === undefined) return call.say(commandText.noSuchCard().mrkdwn)
          return call.say(spokenText(await speak(ports, call.speaker, about, said, call.delivery)))
        })
      },
    )
  }
}

const working = cardModal(textCard(commandText.working().mrkdwn))

async function submitted(
  ports: BotPorts,
  body: ViewSubmitAction,
  view: ViewOutput,
  client: Client,
  answer: (call: Call) => Promise<void>,
): Promise<void> {
  const back = backToView(ports, client, view.id)
  const team = body.user.team_id ?? body.team?.id
  try {
    const speaker = await speakerOf(ports, team, body.user.id)
    if (!speaker.ok) return await back.say(personProblemText(speaker.reason, commandText.you))
    await answer({
      ...back,
      ports,
      speaker: speaker.value,
      delivery: `form/${team}/${body.user.id}/${view.id}`,
    })
  } catch (error) {
    ports.warn('a form failed', { because: error instanceof Error ? error.message : 'unknown' })
    await back.say(commandText.unrecorded().mrkdwn)
  }
  return undefined
}

/** What is missing or against the rules, by the block that Slack shows it at. */
function formProblems(ports: BotPorts, values: Values): Readonly<Record<string, string>> {
  const { ticket, reason, subject, duration, category } = readRequest(values)
  const { defaults } = ports.policy().policy
  const asked = { reason, ...(ticket === undefined ? {} : { ticket }) }
  const problems: Problems = {
    ...(subject === undefined && { subject: commandText.choose }),
    ...(duration === undefined && { duration: commandText.choose }),
    ...(category === undefined && { category: commandText.choose }),
    ...problemsOf(checkRequest(defaults, asked)),
  }
  const fields = Object.values(requestFields)
  return Object.fromEntries(
    fields.flatMap(({ block }) => (block in problems ? [[block, problems[block] ?? '']] : [])),
  )
}

async function request(call: Call, values: Values): Promise<void> {
  const { ticket, reason, subject, duration, category } = readRequest(values)
  if (subject === undefined || duration === undefined || category === undefined) {
    return call.say(commandText.noSuchCard().mrkdwn)
  }
  const known = await call.ports.people.resolve(subject)
  if (!known.ok) return call.say(personProblemText(known.reason, commandText.they))
  const wish = {
    subject: known.value,
    duration,
    category,
    reason,
    ...(ticket === undefined ? {} : { ticket }),
  }
  return ask(call.ports, call.speaker, wish, call.say)
}
