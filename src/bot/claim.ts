import { codeLoading, codeRefused } from '../core/card/code.ts'
import { cardModal, textCard } from '../core/card/text-card.ts'
import { claimValidFor } from '../core/exception/may-mint.ts'
import type { ExceptionId } from '../core/ids.ts'
import { opensOf } from '../core/card/story.ts'
import type { ExceptionView } from '../core/ports.ts'
import { namesIn, refusalText } from '../core/text/refusal-text.ts'
import { commandText } from '../core/text/en.ts'
import type { Call } from './call.ts'
import type { Answer } from './frame.ts'
import { speak, spokenText } from './speak.ts'

/**
 * *Show my code*. A second press meanwhile does nothing, for its window would cover the code and cost one of three mints;
 * unless the first one comes to nothing.
 */
export function createClaim(): Answer {
  const onTheirWay = new Map<ExceptionId, Promise<boolean>>()
  return async (call, about) => {
    const { exceptionId, state } = about
    const isTheirs = call.speaker.person.id === state.request.subject
    if (!isTheirs) return call.say(refusalText({ code: 'not-the-subject' }, namesIn(state.request)))
    if (state.status !== 'approved') return call.say(refusalText({ code: 'not-approved' }))
    if (await onTheirWay.get(exceptionId)) return
    const mine = claim(call, about)
    onTheirWay.set(exceptionId, mine)
    await mine.finally(() => onTheirWay.delete(exceptionId))
  }
}

/**
 * An empty window first, because Slack waits three seconds only; the claim carries its id, and the worker that mints
 * writes into it. The bot changes the window only as long as nobody else has: a code in it stays. Whether a code may be
 * on the screen now.
 */
async function claim(call: Call, about: ExceptionView): Promise<boolean> {
  const { ports } = call
  const window = await call
    .open(codeLoading(about.exceptionId, ports.now() + claimValidFor, opensOf(about.state)))
    .catch(() => undefined)
  if (window === undefined) {
    await call.say(commandText.tooSlow())
    return false
  }
  const said = { kind: 'claim', body: { view: window.id } } as const
  const spoken = await speak(ports, call.speaker, about, said, call)
  if (spoken.ok) return true
  const { reason } = spoken
  const isRefusal = reason.code !== 'unrecorded' && reason.code !== 'over-for-good'
  await call.replace(window, isRefusal ? codeRefused(reason) : cardModal(textCard(spokenText(spoken, about))))
  return false
}
