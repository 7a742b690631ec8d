import { codeLoading, codeRefused } from '../core/card/code.ts'
import { cardModal, textCard } from '../core/card/text-card.ts'
import { claimValidFor } from '../core/exception/may-mint.ts'
import type { ExceptionView } from '../core/ports.ts'
import { refusalText } from '../core/text/refusal-text.ts'
import { commandText } from '../core/text/en/commands.ts'
import type { Call } from './call.ts'
import { speak, spokenText } from './speak.ts'

/**
 * *Show my code*: an empty window first, because Slack waits three seconds only; the claim carries its id, and the worker
 * that mints writes into it. The bot changes the window only as long as nobody else has: a code in it stays.
 */
export async function claim(call: Call, about: ExceptionView): Promise<unknown> {
  const { ports, speaker } = call
  const { request } = about.state
  if (speaker.person.id !== request.subject) return call.say(refusalText({ code: 'not-the-subject' }))
  if (about.state.status !== 'approved') return call.say(refusalText({ code: 'not-approved' }))
  const window = await call
    .open(codeLoading(request.exceptionId, ports.now() + claimValidFor))
    .catch(() => undefined)
  if (window === undefined) return call.say(commandText.tooSlow().mrkdwn)

  const spoken = await speak(
    ports,
    speaker,
    about,
    { kind: 'claim', body: { view: window.id } },
    call.delivery,
  )
  if (spoken.ok) return undefined
  const { reason } = spoken
  return call.replace(
    window,
    reason.code === 'unrecorded' ? cardModal(textCard(spokenText(spoken))) : codeRefused(reason),
  )
}
