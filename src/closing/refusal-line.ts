import type { Case } from '../core/fraud/state.ts'
import type { Refusal } from '../core/refusal.ts'
import { caseTerminalText } from '../core/text/en.ts'
import { terminalLines } from '../core/text/markup.ts'
import { refusalText } from '../core/text/refusal-text.ts'

/** Why a word about a case was refused, in one line. What was not verified here was signed by a person, and not by the bot. */
export function refusalLine(refusal: Refusal, { report }: Case): string {
  if (refusal.code === 'unverified') return caseTerminalText.unverified
  return terminalLines(refusalText(refusal, { subject: report.subjectName })).join(' ')
}
