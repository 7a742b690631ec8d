import type { App, BlockAction, ButtonAction } from '@slack/bolt'
import { caseActions } from '../../core/card/actions.ts'
import { agreeForm, closeForm } from '../../core/card/case-forms.ts'
import type { CaseView } from '../../core/ports.ts'
import { caseAnswerText } from '../../core/text/en.ts'
import { refusalText } from '../../core/text/refusal-text.ts'
import { backToMessage, openOrSay, type Call } from '../call.ts'
import { answerTo } from '../frame.ts'
import type { BotPorts } from '../ports.ts'
import { reportDeed } from './deed.ts'
import { speakOfCase } from './report.ts'

type Answer = (call: Call, view: CaseView) => Promise<void>

/** What a press on a case's card leads to. */
const answers: Readonly<Record<(typeof caseActions)[keyof typeof caseActions], Answer>> = {
  'tell-security': (call, view) => speakOfCase(call, view, { kind: 'mistake', body: {} }),
  'take-case': (call, view) => speakOfCase(call, view, { kind: 'take', body: {} }),
  'block-now': (call, view) => speakOfCase(call, view, { kind: 'block', body: {} }),
  'close-case': (call, { state }) => openOrSay(call, closeForm(state)),
  'agree-unblock': agree,
}

/** Listens to the buttons of cases. A button's value names a case and gives no right: who presses is judged each time. */
export function registerCaseActions(app: App, ports: BotPorts): void {
  for (const [id, answer] of Object.entries(answers)) {
    app.action<BlockAction<ButtonAction>>(
      { type: 'block_actions', action_id: id },
      async ({ ack, body, action, respond, client }) => {
        await ack()
        const { id: user, team_id: team = body.team?.id } = body.user
        const deed = { what: 'action', team, user, id: action.action_ts } as const
        const back = backToMessage(ports, respond, client, body.trigger_id)
        const judged = id === caseActions.tellSecurity ? reportDeed(ports, deed) : deed
        await answerTo(ports, judged, back, async (call) => {
          const view = await ports.cases.byId(action.value ?? '')
          return view === undefined
            ? call.say(caseAnswerText.unknown(ports.fraudCommand))
            : answer(call, view)
        })
      },
    )
  }
}

async function agree(call: Call, { state }: CaseView): Promise<void> {
  const form = agreeForm(state)
  return form === undefined ? call.say(refusalText({ code: 'nothing-to-agree' })) : openOrSay(call, form)
}
