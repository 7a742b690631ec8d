import { headline } from '../card/story.ts'
import type { Service } from '../fault.ts'
import type { ExceptionView } from '../ports.ts'
import { answerText, serviceNames } from './en.ts'
import { joined } from './markup.ts'

/** What admission tells the requester; times in epoch milliseconds. */
export type Admitted = { readonly asked: string; readonly until: number; readonly requestedAt: number }

/** What the requester reads once a request is durable: its id, who was asked, until when. Slack markup. */
export function recordedText(displayId: string, admitted: Admitted): string {
  return answerText.recordedWaiting(displayId, admitted).mrkdwn
}

/** What the requester reads while a durable request is still being checked. */
export function recordedLaterText(displayId: string): string {
  return answerText.recordedLater(displayId).mrkdwn
}

/** For a request that could be stored nowhere, naming what did not answer. Slack markup. */
export function nothingRecordedText(service: Service | 'temporal'): string {
  return answerText.nothingRecorded(serviceNames[service]).mrkdwn
}

/**
 * Why there can't be a second exception now: which one is waiting or alive, and what can be done. `commandName` with
 * its slash. Slack markup.
 */
export function conflictText({ state, displayId }: ExceptionView, commandName: string): string {
  const over = state.status === 'ending' || state.status === 'ended'
  return joined(
    ' ',
    answerText.conflict(state.request.subjectName),
    headline(state),
    over ? answerText.conflictWait() : answerText.conflictNext(commandName, displayId),
  ).mrkdwn
}
