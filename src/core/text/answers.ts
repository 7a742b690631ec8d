import { headline } from '../card/story.ts'
import { Fault, type Service } from '../fault.ts'
import type { ExceptionView } from '../ports.ts'
import { answerText, approvalText, serviceNames } from './en.ts'
import { commandText } from './en/commands.ts'
import { joined, type Markup } from './markup.ts'

/** What admission tells the requester; times in epoch milliseconds. */
export type Admitted = { readonly asked: string; readonly until: number; readonly requestedAt: number }

/** What the requester reads once a request is durable: its id, who was asked, until when. */
export function recordedText(displayId: string, admitted: Admitted): Markup {
  return answerText.recordedWaiting(displayId, admitted)
}

/** What the requester reads while a durable request is still being checked. */
export function recordedLaterText(displayId: string): Markup {
  return answerText.recordedLater(displayId)
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
