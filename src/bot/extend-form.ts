import type { App, ViewSubmitAction } from '@slack/bolt'
import { forms } from '../core/card/actions.ts'
import { checkRequest } from '../core/policy/check-request.ts'
import { commandText } from '../core/text/en.ts'
import { backToView } from './call.ts'
import { extend, extendFormAgain } from './extend.ts'
import { atBlocks, deedOf, working } from './form.ts'
import { readRequest } from './form-values.ts'
import { answerAbout, answerTo, type Answer } from './frame.ts'
import type { BotPorts } from './ports.ts'
import { problemsOf } from './request-form.ts'

/** Listens to the form that asks for more time. A refusal stands above what was filled in. */
export function registerExtendForm(app: App, ports: BotPorts): void {
  app.view<ViewSubmitAction>(
    { callback_id: forms.extend, type: 'view_submission' },
    async ({ ack, body, view, client }) => {
      const { duration = 0, reason } = readRequest(view.state.values)
      const { reason: wrongReason } = problemsOf(checkRequest(ports.policy().policy.defaults, { reason }))
      const problems = {
        ...(duration === 0 && { duration: commandText.choose }),
        ...(wrongReason !== undefined && { reason: wrongReason }),
      }
      if (Object.keys(problems).length > 0)
        return ack({ response_action: 'errors', errors: atBlocks(problems) })
      await ack({ response_action: 'update', view: working })
      const back = backToView(ports, client, view.id)
      const more = { duration, reason }
      const answer: Answer = (call, about) =>
        extend({ ...call, refuse: extendFormAgain(call, about, { id: view.id }, more) }, about, more)
      return answerTo(ports, deedOf(body, view), back, answerAbout(view.private_metadata, answer))
    },
  )
}
