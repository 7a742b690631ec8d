import { overForGood } from '../core/card/direct-revocation.ts'
import type { Envelope, Said, Statement } from '../core/envelope/statement.ts'
import { isOver, isOverForGood, isToEnd } from '../core/exception/end.ts'
import type { Person } from '../core/people/person.ts'
import type { ExceptionView } from '../core/ports.ts'
import type { Refusal } from '../core/refusal.ts'
import { no, yes, type Result } from '../core/result.ts'
import { commandText } from '../core/text/en.ts'
import type { Markup } from '../core/text/markup.ts'
import { nothingRecordedText } from '../core/text/answers.ts'
import { namesIn, refusalText } from '../core/text/refusal-text.ts'
import type { Reply } from '../workflows/messages.ts'
import type { Heard } from './call.ts'
import { isSecurity, maySee } from './find.ts'
import { isGenuine } from './genuine.ts'
import type { BotPorts } from './ports.ts'
import type { Speaker } from './speaker.ts'

/**
 * What became of a person's word. `late`: it counts, but the answer will be on the card. `judged-soon`: whether it counts
 * is told by a message. `unrecorded`: nobody has it. `over-for-good`: there is nothing left that could be ended.
 */
export type Spoken = Result<
  'heard' | 'late' | 'carried-out-soon' | 'judged-soon',
  Refusal | Unrecorded | { readonly code: 'over-for-good' }
>

type Unrecorded = { readonly code: 'unrecorded'; readonly service: 'temporal' | 'postgres' }

/**
 * Signs what somebody said about an exception and hands it to whoever can hear it: the exception while it lives, its
 * follow-up, or, for ending something, PostgreSQL, from where the workers carry it out without Temporal. The same delivery
 * counts once.
 */
export async function speak(
  ports: BotPorts,
  speaker: Speaker,
  about: ExceptionView,
  said: Said,
  { delivery, at }: Heard,
): Promise<Spoken> {
  const { request } = about.state
  const statement: Statement = {
    v: 1,
    exceptionId: about.exceptionId,
    requestHash: request.requestHash,
    actor: speaker.actor,
    at,
    ...said,
  }
  if (mayLeadToACode(said) && !(await isGenuine(ports, about))) return no({ code: 'unverified' })
  const envelope = ports.signer.sign(statement)
  const follow = said.kind === 'phone-back' ? 'follow-up' : 'exception'
  const missed = { envelope, about, by: speaker.person }
  if (isOver(about.state) && follow === 'exception') return unheard(ports, missed, 'over')
  const to = { follow, subject: request.subject, kind: request.kind } as const
  const reply = await ports.engine.say(to, envelope, delivery).catch(() => 'silent' as const)
  return answerOf(ports, missed, reply)
}

async function answerOf(
  ports: BotPorts,
  missed: Missed,
  reply: Reply | 'later' | 'over' | 'silent',
): Promise<Spoken> {
  if (reply === 'later' && !isToEnd(missed.envelope.statement)) return yes('late')
  if (reply === 'later' || reply === 'silent') return unheard(ports, missed, 'unrecorded')
  // A workflow that is about to close hears nothing any more, and says so itself.
  if (reply === 'over' || (!reply.ok && reply.reason.code === 'over')) return unheard(ports, missed, 'over')
  return reply
}

/** A signature under these words can lead to a code, so that they must be about what the person read. */
function mayLeadToACode(said: Said): boolean {
  return said.kind === 'approve' || said.kind === 'claim'
}

/** A word that nobody in Temporal heard. What ends something must not get lost: the workers find it in PostgreSQL. */
type Missed = { readonly envelope: Envelope; readonly about: ExceptionView; readonly by: Person }

async function unheard(
  ports: BotPorts,
  { envelope, about, by }: Missed,
  code: 'over' | 'unrecorded',
): Promise<Spoken> {
  if (!isToEnd(envelope.statement)) return no(code === 'over' ? { code } : { code, service: 'temporal' })
  // The workers judge it. Only who surely may not is told so now; a directory that is silent stops nobody.
  const { state } = about
  const { kind, at } = envelope.statement
  if (!(await maySee(ports, by, about).catch(() => true)))
    return no({ code: kind === 'not-me' ? 'not-the-subject' : 'not-allowed' })
  if (kind === 'revoke' && isOverForGood(state, at) && (await isGenuine(ports, about).catch(() => false)))
    return no({ code: 'over-for-good' })
  const maySurely = await maySurelyEnd(ports, kind, by, about).catch(() => false)
  try {
    await ports.revocations.write(envelope, about.exceptionId)
    return yes(maySurely ? 'carried-out-soon' : 'judged-soon')
  } catch {
    return no({ code: 'unrecorded', service: 'postgres' })
  }
}

/** Whether the workers will find that somebody may end it; others may as well, which takes them a closer look. */
async function maySurelyEnd(
  ports: BotPorts,
  kind: Said['kind'],
  by: Person,
  { state }: ExceptionView,
): Promise<boolean> {
  const { subject, requester } = state.request
  if (by.id === subject) return true
  if (kind === 'not-me') return false
  const approvals = 'approvals' in state ? state.approvals : []
  const ending = [requester.person, ...approvals.map((approval) => approval.by.person)]
  return ending.includes(by.id) || isSecurity(ports, by)
}

/** What the speaker reads. */
export function spokenText(spoken: Spoken, { state }: ExceptionView): Markup {
  if (!spoken.ok) {
    const { reason } = spoken
    if (reason.code === 'unrecorded') return nothingRecordedText(reason.service)
    if (reason.code === 'over-for-good') return overForGood(state)
    return refusalText(reason, namesIn(state.request))
  }
  switch (spoken.value) {
    case 'heard':
      return commandText.heard()
    case 'late':
      return commandText.late()
    case 'carried-out-soon':
      return commandText.carriedOutSoon()
    case 'judged-soon':
      return commandText.judgedSoon()
  }
}
