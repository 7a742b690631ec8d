import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '@temporalio/client'
import { isSigned } from '../activities/fraud/is-signed.ts'
import { personalKeys } from '../adapters/signing/personal-keys.ts'
import { sha256 } from '../adapters/signing/keys.ts'
import { createCaseEngine, type CaseEngine } from '../bot/fraud/engine.ts'
import { agreementLines, caseLines, closedLines } from '../core/card/case-terminal.ts'
import type { Envelope } from '../core/envelope/statement.ts'
import { wishStanding, type WishStanding } from '../core/fraud/wish.ts'
import type { Case, ClosedCase } from '../core/fraud/state.ts'
import type { CaseStatement } from '../core/fraud/statement.ts'
import type { CaseView } from '../core/ports.ts'
import type { Refusal } from '../core/refusal.ts'
import { caseTerminalText } from '../core/text/en.ts'
import { step } from '../start-step.ts'
import { you } from './close.ts'
import { askRecords, askWorkflow } from './find-case.ts'
import type { Ground } from './ground.ts'
import { refusalLine } from './refusal-line.ts'
import { askDirectory, readSignatory } from './signatory.ts'
import type { Terminal } from './terminal.ts'
import { readWish, type Wish } from './wish.schema.ts'

/** Longer than giving back may take, which is tried for a minute; and how often it is looked. Milliseconds. */
const givenBackWithin = 75_000
const every = 500

/** What was typed. */
export type AgreeOrder = { readonly file: string; readonly keyFile: string }

/**
 * Shows a case and what somebody signed who wants it closed; signs the agreement to just that, hands both to the case, and
 * says what became of it. Twice is once. Rejects when anything is refused.
 */
export async function agreeToClose(
  ground: Ground,
  terminal: Terminal,
  { file, keyFile }: AgreeOrder,
): Promise<void> {
  const wish = readWish(await step(`${file} can't be read`, () => readFile(file, 'utf8')))
  if (wish === undefined) throw new Error(caseTerminalText.noWish(file))
  const signatory = await readSignatory(ground, keyFile)
  const { caseId, actor: first } = wish.statement
  const view = await askRecords(() => ground.cases.byId(caseId))
  if (view === undefined) throw new Error(caseTerminalText.unknown)
  const state = await stateOf(ground, terminal, view)
  if (!(await isGenuine(ground, wish))) throw new Error(caseTerminalText.forged)
  const who = (await askDirectory(() => ground.directory.personById(first.person)))?.name ?? first.person
  terminal.print(...caseLines(state), ...agreementLines(state, wish.statement, who), you(signatory))
  if (!(await terminal.confirm(caseTerminalText.askAgree))) throw new Error(caseTerminalText.nothingSigned)
  const agreement = signatory.signer.sign<CaseStatement>({
    v: 1,
    caseId,
    actor: signatory.actor,
    at: Date.now(),
    kind: 'unblock',
    body: { close: wish.signature },
  })
  terminal.print(caseTerminalText.sending)
  await handOver(ground, view, { wish, agreement, who })
  terminal.print(...closedLines(await untilSettled(ground, view, wish)))
}

async function stateOf(ground: Ground, terminal: Terminal, view: CaseView): Promise<Case> {
  const now = await askWorkflow(ground, view)
  if (now === undefined) terminal.print(caseTerminalText.fromRecords, '')
  return now ?? view.state
}

/** Whether the second person is shown what the first one signed. The worker asks the same, by its own policy. */
function isGenuine({ policies, directory }: Ground, wish: Wish): Promise<boolean> {
  const verifier = { verify: () => false }
  return askDirectory(() => isSigned({ verifier, personalKeys, policies, directory }, wish))
}

type Both = { readonly wish: Wish; readonly agreement: Envelope<CaseStatement>; readonly who: string }

/** Says both, one after the other. What was said before may have been heard then: that is no refusal. */
async function handOver(ground: Ground, view: CaseView, { wish, agreement, who }: Both): Promise<void> {
  const engine = engineOf(ground.client)
  const { wishRefused, agreementRefused } = caseTerminalText
  const wished = await say(engine, view, wish)
  if (wished !== undefined && (await standing(ground, view, wish)).is === 'unknown')
    throw new Error(wishRefused(who, refusalLine(wished, view.state)))
  const agreed = await say(engine, view, agreement)
  if (agreed === undefined) return
  const { is } = await standing(ground, view, wish)
  if (is !== 'closed' && is !== 'agreed') throw new Error(agreementRefused(refusalLine(agreed, view.state)))
}

function engineOf(client: Client | undefined): CaseEngine {
  if (client === undefined) throw new Error(caseTerminalText.temporalAway)
  return createCaseEngine({ client: () => client, taskQueue: '', sha256 })
}

/** Why it was refused; undefined when it was not. Each is a delivery of its own: what was refused may count later. */
async function say(
  engine: CaseEngine,
  { state }: CaseView,
  envelope: Envelope<CaseStatement>,
): Promise<Refusal | undefined> {
  const reply = await engine.say(state.report.subject, envelope, randomUUID()).catch((cause: unknown) => {
    throw new Error(caseTerminalText.temporalAway, { cause })
  })
  return reply === 'later' || reply.ok ? undefined : reply.reason
}

async function standing(ground: Ground, view: CaseView, wish: Wish): Promise<WishStanding> {
  const now = await askWorkflow(ground, view)
  return now === undefined ? { is: 'unknown' } : wishStanding(now, wish.signature)
}

/** The case once it is closed. Rejects when the agreement does not count after all, or when nobody knows for too long. */
async function untilSettled(ground: Ground, view: CaseView, wish: Wish): Promise<ClosedCase> {
  for (const end = Date.now() + givenBackWithin; Date.now() < end; await sleep(every)) {
    const now = await askWorkflow(ground, view)
    if (now === undefined) continue
    const stands = wishStanding(now, wish.signature)
    if (stands.is === 'closed') return stands.state
    if (stands.is === 'waiting' && stands.refusal !== undefined)
      throw new Error(caseTerminalText.agreementVoid(refusalLine(stands.refusal, now)))
  }
  throw new Error(caseTerminalText.notYet)
}
