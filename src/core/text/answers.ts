import { headline } from '../card/story.ts'
import { Fault, type Service } from '../fault.ts'
import type { ExceptionView } from '../ports.ts'
import { answerText, approvalText, serviceNames } from './en.ts'
import { commandText } from './en/commands.ts'
import { joined, type Markup } from './markup.ts'

/** A request that is durable: the id that people read, and the name of whom it is for. */
export type Recorded = { readonly id: string; readonly subject: string }

/** What the requester reads once a request is durable: its id, for whom, and who was asked. The card says the rest. */
export function recordedText(recorded: Recorded, asked: string): Markup {
  return answerText.recordedWaiting(recorded, asked)
}

/** What the requester reads while a durable request is still being checked. */
export function recordedLaterText(recorded: Recorded): Markup {
  return answerText.recordedLater(recorded)
}

/** Why nobody can ask for more time now: somebody has, and that is not over. */
export function pendingText({ displayId, state }: ExceptionView): Markup {
  return joined(' ', answerText.pending(displayId), headline(state))
}

/** For a request that could be stored nowhere, naming what did not answer. */
export function nothingRecordedText(service: Service | 'temporal'): Markup {
  return answerText.nothingRecorded.silent(serviceNames[service])
}

/** For something that failed before anybody had it; says which system it was, where the failure tells. */
export function failedText(error: unknown): Markup {
  const { silent, refuses, unexpected } = answerText.nothingRecorded
  if (!(error instanceof Fault)) return unexpected()
  return (error.passing ? silent : refuses)(serviceNames[error.service])
}

/** What somebody reads whose word was heard: where the exception stands now. */
export function heardText({ state }: ExceptionView): Markup {
  const next = state.status === 'ended' ? approvalText.next[state.outcome](state) : undefined
  return joined(' ', commandText.heard(headline(state)), next)
}

/**
 * Why there can't be a second exception now: which one is waiting or alive, and what can be done. `commandName` with
 * its slash.
 */
export function conflictText(view: ExceptionView, commandName: string): Markup {
  const { state } = view
  return joined(
    ' ',
    answerText.conflict(state.request.subjectName),
    headline(state),
    whatThen(view, commandName),
  )
}

/** A pass that opens again is not over, though its code is being ended. */
function whatThen({ state, displayId }: ExceptionView, commandName: string): Markup {
  if (state.status === 'ended') return answerText.conflictEnded()
  const isEnding = state.status === 'ending' && (state.why === 'revoked' || state.why === 'stopped')
  return isEnding ? answerText.conflictEnding() : answerText.conflictNext(commandName, displayId)
}
