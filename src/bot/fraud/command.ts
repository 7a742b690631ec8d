import type { App } from '@slack/bolt'
import { closeForm, reportForm } from '../../core/card/case-forms.ts'
import { caseStatusCard, casesCard } from '../../core/card/case-list.ts'
import { parseFraud, type FraudCommand } from '../../core/command/parse-fraud.ts'
import { idPrefix } from '../../core/ids.ts'
import type { CaseView } from '../../core/ports.ts'
import { caseAnswerText } from '../../core/text/en.ts'
import { refusalText } from '../../core/text/refusal-text.ts'
import { backToMessage, openOrSay, type Call } from '../call.ts'
import { isSecurity, isStaff } from '../find.ts'
import { answerTo } from '../frame.ts'
import type { BotPorts } from '../ports.ts'
import { whoIs, whoProblemText } from '../who-is.ts'
import { orCallSecurity, reportDeed } from './deed.ts'
import { reportFraud, reportedText, speakOfCase } from './report.ts'

/** Listens to the command that reports fraud. Anybody may; whatever it is, the person gets an answer that only they see. */
export function registerFraudCommand(app: App, ports: BotPorts): void {
  app.command(ports.fraudCommand, async ({ ack, command, respond, client }) => {
    await ack()
    const { team_id: team, user_id: user, trigger_id: trigger } = command
    const deed = { what: 'command', team, user, id: trigger } as const
    const back = backToMessage(ports, respond, client, trigger)
    const asked = parseFraud(command.text)
    const judged = asked.verb === 'report' ? reportDeed(ports, deed) : deed
    await answerTo(ports, judged, back, (call) => obey(call, asked))
  })
}

async function obey(call: Call, command: FraudCommand): Promise<void> {
  switch (command.verb) {
    case 'help':
      return call.say(caseAnswerText.help(call.ports.fraudCommand))
    case 'list':
      return list(call)
    case 'status':
      return aboutCase(call, command.id, async (view) => call.show(caseStatusCard(view.state)))
    case 'note': {
      const { text } = command
      if (text === '') return call.say(caseAnswerText.howToNote(call.ports.fraudCommand))
      return aboutCase(call, command.id, (view) => speakOfCase(call, view, { kind: 'note', body: { text } }))
    }
    case 'close':
      return aboutCase(call, command.id, ({ state }) => close(call, closeForm(state, command)))
    case 'report':
      return report(call, command)
  }
}

async function list({ ports, speaker, show, say }: Call): Promise<void> {
  return (await isSecurity(ports, speaker.person))
    ? show(casesCard(await ports.cases.open()))
    : say(caseAnswerText.onlySecurityLists(ports.fraudCommand))
}

/** Cases are for security, and for the helpdesk, who has to know what to say. */
async function aboutCase(
  call: Call,
  typed: string,
  answer: (view: CaseView) => Promise<void>,
): Promise<void> {
  const { ports, speaker } = call
  if (!(await isStaff(ports, speaker.person)))
    return call.say(caseAnswerText.onlySecurity(ports.fraudCommand))
  const letters = idPrefix(typed)
  const found = letters === undefined ? [] : await ports.cases.byPrefix(letters)
  const [view, ...others] = found
  if (view === undefined) return call.say(caseAnswerText.unknown(ports.fraudCommand))
  return others.length > 0
    ? call.say(caseAnswerText.ambiguous(found.map(({ caseId }) => caseId)))
    : answer(view)
}

/** The helpdesk may read cases but not close them, and is told so before the form is filled in. */
async function close(call: Call, form: Parameters<Call['open']>[0]): Promise<void> {
  return (await isSecurity(call.ports, call.speaker.person))
    ? openOrSay(call, form)
    : call.say(refusalText({ code: 'security-only' }))
}

/**
 * Words about somebody are enough: whoever is on the phone should not wait for a form. Where nobody is named, the form asks
 * about whom it is: a name that was typed without @ must not block the account of whoever typed it.
 */
async function report(
  call: Call,
  { who, words }: Extract<FraudCommand, { readonly verb: 'report' }>,
): Promise<void> {
  if (who === undefined) return openOrSay(call, reportForm({ words }))
  const { ports, speaker } = call
  const about = await whoIs(ports, who, 'disabled')
  if (!about.ok) return call.say(orCallSecurity(ports, whoProblemText(about.reason, who)))
  const { person, account } = about.value
  const told = {
    subject: person.id,
    subjectSlack: { team: account.team, user: account.user },
    what: 'other',
    ...(words !== '' && { words }),
  } as const
  const reported = await reportFraud(ports, speaker, told, call)
  return call.say(reportedText(reported))
}
