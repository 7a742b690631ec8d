import type { App, BlockAction, ButtonAction, RespondFn } from '@slack/bolt'
import { actions, type Action } from '../core/card/actions.ts'
import type { Modal } from '../core/card/card.ts'
import { doesNotWork } from '../core/card/code.ts'
import { approveForm, denyForm, revokeForm } from '../core/card/decision-forms.ts'
import { isSignedPractice } from '../core/exception/genuine.ts'
import type { StateOf } from '../core/exception/state.ts'
import type { ExceptionView } from '../core/ports.ts'
import { joined } from '../core/text/markup.ts'
import { namesIn, refusalText } from '../core/text/refusal-text.ts'
import { backToMessage, backToView, openOrSay, type Back, type Call, type Client } from './call.ts'
import { createClaim } from './claim.ts'
import { openExtendForm } from './extend.ts'
import { answerAbout, answerTo, type Answer } from './frame.ts'
import { reportDeed } from './fraud/deed.ts'
import { reportFraud, reportedText } from './fraud/report.ts'
import { isGenuine } from './genuine.ts'
import type { BotPorts } from './ports.ts'
import { speak, spokenText } from './speak.ts'
import { refreshIfStray } from './stray-card.ts'

/** What a press leads to. A link opens by itself. */
const answers: Readonly<Record<Exclude<Action, 'set-up'>, Answer>> = {
  approve: (call, about) => decide(call, about, approveForm),
  deny: (call, about) => decide(call, about, denyForm),
  withdraw: (call, about) => say(call, about, 'withdraw'),
  'show-code': createClaim(),
  'not-me': (call, about) => notMe(call, about),
  'does-not-work': explain,
  'not-seen': (call, about) => say(call, about, 'not-seen'),
  revoke,
  extend: (call, about) => openExtendForm(call, about),
  'phone-back': (call, about) => say(call, about, 'phone-back'),
}

/** Listens to every button. Its value names an exception and gives no right: who presses is judged each time. */
export function registerActions(app: App, ports: BotPorts): void {
  app.action<BlockAction<ButtonAction>>(actions.setUp, async ({ ack }) => ack())
  for (const [id, answer] of Object.entries(answers)) {
    app.action<BlockAction<ButtonAction>>(
      { type: 'block_actions', action_id: id },
      async ({ ack, body, action, respond, client }) => {
        await ack()
        const exceptionId = action.value ?? ''
        const { id: user, team_id: team = body.team?.id } = body.user
        const deed = { what: 'action', team, user, id: action.action_ts } as const
        const back = backOf(ports, body, respond, client)
        const judged = id === actions.notMe ? reportDeed(ports, deed) : deed
        await answerTo(ports, judged, back, answerAbout(exceptionId, answer))
        const pressed = { action: id, exceptionId }
        await refreshIfStray(ports, body, pressed, respond).catch(() => undefined)
      },
    )
  }
}

function backOf(ports: BotPorts, body: BlockAction, respond: RespondFn, client: Client): Back {
  return body.view === undefined
    ? backToMessage(ports, respond, client, body.trigger_id)
    : backToView(ports, client, body.view.id)
}

/** A word that needs nothing more than the press. */
async function say(
  call: Call,
  about: ExceptionView,
  kind: 'withdraw' | 'not-me' | 'not-seen' | 'phone-back',
): Promise<void> {
  const spoken = await speak(call.ports, call.speaker, about, { kind, body: {} }, call)
  return call.say(spokenText(spoken, about))
}

/** Stops it, and reports fraud: each by itself, so that one that fails leaves the other. Only the subject's own press does. */
async function notMe(call: Call, about: ExceptionView): Promise<void> {
  const { ports, speaker } = call
  const { subject, subjectSlack } = about.state.request
  // Whoever takes a drill for an attack has done well; no account is blocked for that.
  if (speaker.person.id !== subject || isSignedPractice(ports, about)) return say(call, about, 'not-me')
  const report = { subject, subjectSlack, what: 'message', about: about.exceptionId } as const
  const [spoken, reported] = await Promise.all([
    speak(ports, speaker, about, { kind: 'not-me', body: {} }, call),
    reportFraud(ports, speaker, report, call),
  ])
  return call.say(joined('\n', spokenText(spoken, about), reportedText(reported)))
}

/** The form for a decision. Whoever may not decide is told when the form is sent: there it is judged and recorded. */
async function decide(
  call: Call,
  about: ExceptionView,
  form: (state: StateOf<'waiting'>) => Modal,
): Promise<void> {
  const { state } = about
  if (!(await isGenuine(call.ports, about))) return call.say(refusalText({ code: 'unverified' }))
  if (state.status !== 'waiting') return call.say(refusalText({ code: 'not-waiting' }))
  return openOrSay(call, form(state))
}

async function revoke(call: Call, { state }: ExceptionView): Promise<void> {
  if (state.status !== 'waiting' && state.status !== 'approved' && state.status !== 'active') {
    return call.say(refusalText({ code: 'over' }))
  }
  return openOrSay(call, revokeForm(state))
}

/** Why a code does not work is for the person whose code it is. */
async function explain(call: Call, { state }: ExceptionView): Promise<void> {
  const isSubject = call.speaker.person.id === state.request.subject
  return isSubject
    ? openOrSay(call, doesNotWork(state))
    : call.say(refusalText({ code: 'not-the-subject' }, namesIn(state.request)))
}
