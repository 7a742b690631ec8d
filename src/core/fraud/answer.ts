import type { PersonId } from '../ids.ts'
import type { Actor } from '../people/person.ts'
import type { Refusal } from '../refusal.ts'
import { no, yes, type Result } from '../result.ts'
import type { CaseFact } from './fact.ts'
import { lockouts, type Step } from './plan.ts'
import type { Case, Reported } from './state.ts'
import type { CaseStatement, CaseStatementOf } from './statement.ts'

/** What the speaker is to a case, read from the directory when they spoke. */
export type CaseStanding = {
  readonly name: string
  /** Enabled, and not a guest. */
  readonly active: boolean
  readonly isSecurity: boolean
  readonly isHelpdesk: boolean
}

type Answer = Result<readonly CaseFact[], Refusal>

/** Everything that is said about a case but the report itself. */
export type CaseWord = Exclude<CaseStatement, { readonly kind: 'report' }>

/**
 * What follows from a person's word about a case: facts, nothing new (the same word twice), or a refusal. `signature` is
 * the one under the word; `now` in epoch milliseconds.
 */
export function answerCase(
  state: Case,
  word: CaseWord,
  standing: CaseStanding,
  signature: string,
  now: number,
): Answer {
  if (state.status === 'closed') return no({ code: 'over' })
  if (word.kind === 'mistake') return mistaken(state, word.actor, standing, now)
  const refusal = whyUnheard(word.kind, standing)
  if (refusal !== undefined) return no(refusal)
  const by = word.actor
  const details = { name: standing.name }
  switch (word.kind) {
    case 'note':
      return noted(word, standing, now)
    case 'take':
      return takenBy(state, by, details, now)
    case 'block':
      return blockAsked(state, by, details, now)
    case 'close':
      return closeAsked(state, word, standing, signature, now)
    case 'unblock':
      return agreed(state, word, standing, now)
  }
}

/** Cases are security's; the helpdesk may add what it knows. */
function whyUnheard(
  kind: CaseWord['kind'],
  { active, isSecurity, isHelpdesk }: CaseStanding,
): Refusal | undefined {
  if (!active) return { code: 'not-allowed' }
  if (isSecurity || (kind === 'note' && isHelpdesk)) return undefined
  return { code: kind === 'note' ? 'not-allowed' : 'security-only' }
}

/** A word for security to read: it undoes nothing, so also somebody whose account is blocked may say it. */
function mistaken(state: Case, by: Actor, { name }: CaseStanding, now: number): Answer {
  const isMine = (one: { readonly by: Actor }): boolean => one.by.person === by.person
  if (!state.reporters.some(isMine)) return no({ code: 'not-allowed' })
  return state.mistakes.some(isMine)
    ? yes([])
    : yes([{ type: 'said-mistaken', at: now, by, details: { name } }])
}

/** Whoever has the account of the person whom it is about must not be the one who looks after it. */
function takenBy(state: Case, by: Actor, details: { readonly name: string }, now: number): Answer {
  if (by.person === state.report.subject) return no({ code: 'own-case' })
  return state.taken?.by.person === by.person ? yes([]) : yes([{ type: 'taken', at: now, by, details }])
}

/** What waits because one person's word is not enough does not follow from the same person's next word. */
function blockAsked(state: Case, by: Actor, details: { readonly name: string }, now: number): Answer {
  if (by.person === state.report.subject) return no({ code: 'own-case' })
  if (state.plan.withheld === undefined) return yes([])
  if (state.reporters.some((one) => one.by.person === by.person)) return no({ code: 'own-report' })
  return yes([{ type: 'block-asked', at: now, by, details }])
}

/** How often one person is heard in one case: without an end, the case would come to its own. */
const mostReports = 5

/** Whether somebody has reported so often that one more report says nothing new. */
export function hasSaidEnough({ reporters }: Case, person: PersonId): boolean {
  return reporters.filter(({ by }) => by.person === person).length >= mostReports
}

function noted({ actor, body }: CaseStatementOf<'note'>, { name }: CaseStanding, now: number): Answer {
  return yes([{ type: 'noted', at: now, by: actor, details: { name, text: body.text } }])
}

function closeAsked(
  state: Case,
  { actor, body }: CaseStatementOf<'close'>,
  { name }: CaseStanding,
  signature: string,
  now: number,
): Answer {
  if (actor.person === state.report.subject) return no({ code: 'own-case' })
  // Somebody agreed to the words of before, and they are being carried out.
  if (state.agreed !== undefined) return no({ code: 'over' })
  if (state.closing?.close === signature) return yes([])
  if (isBlocked(state) && !(body.passwordReset && body.methodsReviewed)) return no({ code: 'not-made-safe' })
  const { outcome, reason } = body
  const asked: CaseFact = {
    type: 'close-asked',
    at: now,
    by: actor,
    outcome,
    close: signature,
    details: { name, reason },
  }
  // Nothing has to be given back, so nobody has to agree.
  return yes(isBlocked(state) ? [asked] : [asked, { type: 'case-closed', at: now, outcome }])
}

function agreed(
  state: Case,
  { actor, body }: CaseStatementOf<'unblock'>,
  { name }: CaseStanding,
  now: number,
): Answer {
  if (state.closing === undefined || state.closing.close !== body.close)
    return no({ code: 'nothing-to-agree' })
  if (state.agreed !== undefined) return yes([])
  // Whoever took part is not known yet, so nobody can be found not to have.
  if (state.around === undefined) return no({ code: 'not-now', service: 'postgres' })
  const refusal = mayNotUnblock(actor.person, state.closing.by.person, state)
  if (refusal !== undefined) return no(refusal)
  return yes([{ type: 'unblock-agreed', at: now, by: actor, details: { name } }])
}

/** Whom a case is about, who reported, and who took part in the exceptions around it. */
export type Concerned = Pick<Case, 'report' | 'around'> & {
  readonly reporters: readonly Pick<Reported, 'by'>[]
}

/**
 * Why somebody is not the second person who may give an account back: never who asked for that, who reported, whom it is
 * about, nor anybody who asked for or approved an exception in the case.
 */
export function mayNotUnblock(
  second: PersonId,
  first: PersonId,
  { report, reporters, around }: Concerned,
): Refusal | undefined {
  if (second === first) return { code: 'second-person' }
  if (second === report.subject) return { code: 'own-case' }
  if (reporters.some(({ by }) => by.person === second)) return { code: 'own-report' }
  return tookPart(around).includes(second) ? { code: 'took-part' } : undefined
}

/** Everybody who asked for or approved an exception around a case. */
export function tookPart(around: Case['around']): readonly PersonId[] {
  return (around?.exceptions ?? []).flatMap(({ requester, approvers }) => [requester, ...approvers])
}

/** What was taken from the person and is given back when two agree: it was begun, so it may have been done. */
export function toGiveBack({ steps, unblocked }: Case): readonly Step[] {
  if (unblocked !== undefined) return []
  return lockouts.filter((step) => steps[step] !== undefined && steps[step].result?.is !== 'impossible')
}

/** Whether there is anything to give back. */
export function isBlocked(state: Case): boolean {
  return toGiveBack(state).length > 0
}
