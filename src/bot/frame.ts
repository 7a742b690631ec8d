import { usualKind, type Kind } from '../core/kinds.ts'
import type { Also } from '../core/people/people.ts'
import type { ExceptionView } from '../core/ports.ts'
import { failedText } from '../core/text/answers.ts'
import { commandText } from '../core/text/en.ts'
import { joined, type Markup } from '../core/text/markup.ts'
import { personProblemText } from '../core/text/person-problem-text.ts'
import type { Back, Call } from './call.ts'
import { firstHeard } from './first-heard.ts'
import { portsFor, type BotPorts } from './ports.ts'
import { speakerOf } from './speaker.ts'

/** What somebody did in Slack, as the request that Slack signed says it. `id` is Slack's name of it. */
export type Deed = {
  readonly what: 'command' | 'action' | 'form'
  readonly team: string | undefined
  readonly user: string
  readonly id: string
  /** Of which kind of exception it speaks, where that is known from the start. */
  readonly kind?: Kind | undefined
  /** Who else may do it than people with an enabled account. */
  readonly also?: Also
  /** What whoever may not do it can do instead. */
  readonly instead?: Markup
}

/** Finds out who did it and lets `answer` answer. Nobody is left without one: whatever fails is told, and what it means. */
export async function answerTo(
  ports: BotPorts,
  { what, team, user, id, kind, also, instead }: Deed,
  back: Back,
  answer: (call: Call) => Promise<void>,
): Promise<void> {
  const failed = async (error: unknown): Promise<void> => {
    ports.warn(`a ${what} failed`, { because: error instanceof Error ? error.message : 'unknown' })
    await back.refuse(failedText(error))
  }
  try {
    const speaker = await speakerOf(ports, team, user, also)
    if (!speaker.ok) {
      const problem = personProblemText(speaker.reason, commandText.you)
      return await back.refuse(joined(' ', problem, instead))
    }
    const delivery = `${what}/${team}/${user}/${id}`
    const at = await firstHeard(ports, delivery)
    // Whoever did it read an answer then; another one would only puzzle them.
    if (at === undefined) return ports.warn(`a ${what} came again too late`, {})
    const { actor } = speaker.value
    const call = { ...back, ports: portsFor(ports, kind ?? usualKind), speaker: speaker.value, delivery, at }
    // Here, so that the line of what failed has the id of what was done.
    await ports.deed({ what, kind, actor, at }, () => answer(call).catch(failed))
  } catch (error) {
    await failed(error)
  }
  return undefined
}

/** An answer that is about one exception. */
export type Answer = (call: Call, about: ExceptionView) => Promise<void>

/** The same, about the exception that a button or a form names. */
export function answerAbout(exceptionId: string, answer: Answer): (call: Call) => Promise<void> {
  return async (call) => {
    const about = await call.ports.views.byId(exceptionId)
    if (about === undefined) return call.say(commandText.noSuchCard(call.ports.command))
    return answer({ ...call, ports: portsFor(call.ports, about.state.request.kind) }, about)
  }
}
