import type { CaseSaid } from '../../fraud/statement.ts'
import { caseDisplayId, type CaseId } from '../../ids.ts'
import type { FraudSignal } from '../../fraud/ports.ts'
import { say, type Markup } from '../markup.ts'

/** What people are answered who report fraud, or act on a case. */
export const caseAnswerText = {
  reported: (is: 'open' | 'soon', id: CaseId): Markup =>
    is === 'open'
      ? say`*Case ${caseDisplayId(id)} is open. Security has been told.* A message says what is being done. Give no code to anybody, also not to somebody who says that they are from IT.`
      : say`*Case ${caseDisplayId(id)} is recorded, and is being acted on now*, though Hallpass’s engine (Temporal) does not answer. Security is told as soon as it can be. Urgent? Call them.`,
  /** For whoever Hallpass can't take a report from. */
  callSecurity: (phone: string | undefined): Markup =>
    phone === undefined
      ? say`Is it about fraud? Then call security.`
      : say`Is it about fraud? Then call security: ${phone}.`,
  late: (): Markup => say`Recorded, not confirmed yet. The card of the case will show it.`,
  heard: (said: CaseSaid['kind']): Markup => heard[said],
  help: (command: string): Markup =>
    say`*${command}* reports a sign-in, a pass or a call that was not yours: it opens a short form.\n*${command} @user what happened* reports it for somebody, as the helpdesk does for a caller.\n*${command} list*, *${command} status <id>*, *${command} note <id> text* and *${command} close <id>* are for security; notes also for the helpdesk.`,
  howToNote: (command: string): Markup =>
    say`Say which case and what to note: *${command} note FRD-7F3K-Q2MD text*.`,
  onlySecurity: (command: string): Markup =>
    say`Cases are for security and the helpdesk. To report something, type *${command}* and nothing else.`,
  onlySecurityLists: (command: string): Markup =>
    say`Only security can list the cases. The helpdesk reads one with *${command} status FRD-7F3K-Q2MD*.`,
  unknown: (command: string): Markup =>
    say`There is no case with this id. *${command} list* shows those that are open.`,
  ambiguous: (ids: readonly CaseId[]): Markup =>
    say`Several cases begin so: ${ids.map((id) => caseDisplayId(id)).join(', ')}. Type more of the id.`,
} as const

const heard: Readonly<Record<CaseSaid['kind'], Markup>> = {
  report: say`Recorded.`,
  mistake: say`Security reads it. It undoes nothing: somebody of security calls you first.`,
  take: say`You look after it now. The card says what is next.`,
  note: say`Noted. It stands in the thread of the case.`,
  block: say`It is being done now. The card shows each step.`,
  close: say`Recorded. Where the account was blocked, a second person of security has to agree on the card; otherwise the case is closed.`,
  unblock: say`Your agreement counts. The account is being given back; the card says when it is.`,
}

/** In which words something is reported that nobody typed into Slack. */
export function signalWords(signal: FraudSignal): string {
  return signal.source === 'fraud-code'
    ? `The fraud code was typed instead of a code; ${signal.client} asked.`
    : 'Reported as suspicious in the app of the provider.'
}
