import { headline } from '../card/story.ts'
import type { Service } from '../fault.ts'
import type { ExceptionView } from '../ports.ts'
import { answerText, serviceNames } from './en.ts'
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
  return answerText.nothingRecorded(serviceNames[service])
}

/**
 * Why there can't be a second exception now: which one is waiting or alive, and what can be done. `commandName` with
 * its slash.
 */
export function conflictText({ state, displayId }: ExceptionView, commandName: string): Markup {
  const over = state.status === 'ending' || state.status === 'ended'
  return joined(
    ' ',
    answerText.conflict(state.request.subjectName),
    headline(state),
    over ? answerText.conflictWait() : answerText.conflictNext(commandName, displayId),
  )
}
