import { writeFile } from 'node:fs/promises'
import { standingInCase } from '../activities/fraud/hear-word.ts'
import { caseLines, wishLines } from '../core/card/case-terminal.ts'
import { answerCase } from '../core/fraud/answer.ts'
import type { Case } from '../core/fraud/state.ts'
import type { CaseStatementOf, CloseBody } from '../core/fraud/statement.ts'
import { caseDisplayId } from '../core/ids.ts'
import { longestReason } from '../core/policy/check-request.ts'
import { caseTerminalText } from '../core/text/en.ts'
import { refusalLine } from './refusal-line.ts'
import { askWorkflow, findCase } from './find-case.ts'
import type { Ground } from './ground.ts'
import { askDirectory, readSignatory, type Signatory } from './signatory.ts'
import type { Terminal } from './terminal.ts'

/** What was typed. `out`: the file that is written; by default it is named after the case. */
export type CloseOrder = {
  readonly caseId: string
  readonly body: CloseBody
  readonly keyFile: string
  readonly out?: string
}

/** Shows a case, and writes a signed wish to close it for a second person to agree to. Nothing is sent to anybody. */
export async function closeCase(ground: Ground, terminal: Terminal, order: CloseOrder): Promise<void> {
  const body = { ...order.body, reason: readReason(order.body.reason) }
  const signatory = await readSignatory(ground, order.keyFile)
  const view = await findCase(ground, order.caseId)
  const now = await askWorkflow(ground, view)
  const state = now ?? view.state
  const statement: CaseStatementOf<'close'> = {
    v: 1,
    caseId: view.caseId,
    actor: signatory.actor,
    at: Date.now(),
    kind: 'close',
    body,
  }
  if (now === undefined) terminal.print(caseTerminalText.fromRecords, '')
  terminal.print(...caseLines(state))
  await refuse(ground, state, statement)
  terminal.print(...wishLines(state, statement, signatory.person.name), you(signatory))
  if (!(await terminal.confirm(caseTerminalText.askSign))) throw new Error(caseTerminalText.nothingSigned)
  const file = order.out ?? `${caseDisplayId(view.caseId)}.close.json`
  await write(file, `${JSON.stringify(signatory.signer.sign(statement), undefined, 2)}\n`)
  terminal.print(caseTerminalText.signed(file), caseTerminalText.next(file))
}

/** Under which name somebody signs. */
export function you({ person, name }: Signatory): string {
  return caseTerminalText.you(person.name, name)
}

function readReason(typed: string): string {
  const reason = typed.trim()
  if (reason === '') throw new Error(caseTerminalText.noReason)
  if (reason.length > longestReason) throw new Error(caseTerminalText.reasonTooLong(longestReason))
  return reason
}

/** What the case would refuse is said now, and not to the second person. The case judges all the same. */
async function refuse(ground: Ground, state: Case, statement: CaseStatementOf<'close'>): Promise<void> {
  const standing = await askDirectory(() => standingInCase(ground, statement.actor.person))
  const verdict = answerCase(state, statement, standing, '', statement.at)
  if (verdict.ok) return
  const { reason } = verdict
  throw new Error(reason.code === 'not-made-safe' ? caseTerminalText.notMadeSafe : refusalLine(reason, state))
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new Error(caseTerminalText.isThere(file), { cause: error })
    throw error
  }
}
