import type { Envelope, StatementOf } from '../envelope/statement.ts'
import type { ExceptionId } from '../ids.ts'
import type { Credential, Intent } from '../ports.ts'
import type { Refusal } from '../refusal.ts'
import { isAlive, provesOwn } from './credentials.ts'
import type { Fact, Lease } from './fact.ts'
import type { Plan } from './plan.ts'
import type { Request, State } from './state.ts'

/** An exception can get more time so often; then it is time for another one. */
const mostExtensions = 5

/** Those that admission refused do not count for that, but nobody fills a history with them either. */
const mostAsked = 20

/**
 * Why nobody can ask for more time now; undefined where somebody can, and the request has to be judged. `asked` are the
 * extensions that this exception had, the newest last; `until` is when it would end if everybody agreed at once, in epoch
 * milliseconds.
 */
export function extensionRefusal(
  state: State,
  asked: readonly State[],
  until = Infinity,
): Refusal | undefined {
  if (state.status === 'ended' && state.outcome === 'used') return { code: 'extend-used' }
  if (state.status !== 'active') return { code: 'extend-none' }
  if (until <= state.lease.expiresAt) return { code: 'extend-shorter' }
  if (asked.some(({ status }) => status !== 'ended')) return { code: 'extend-pending' }
  const admitted = asked.filter((extension) => 'plan' in extension && extension.plan !== undefined)
  const isEnough = admitted.length >= mostExtensions || asked.length >= mostAsked
  return isEnough ? { code: 'extend-enough' } : undefined
}

/** Whether a request asks for more time for just this exception: the same person, the same way in. */
export function isExtensionOf(
  { exceptionId, kind, provider, application, subject }: Request,
  { statement: { body } }: Envelope<StatementOf<'request'>>,
): boolean {
  return (
    body.extends === exceptionId &&
    body.kind === kind &&
    body.provider === provider &&
    body.application === application &&
    body.subject === subject
  )
}

/** Whether it gives what is out its time by itself, so that the subject has nothing to open. */
export function isInPlace(plan: Pick<Plan, 'extends'>): boolean {
  return plan.extends?.how === 'in-place'
}

/** What became of the credential that is to get more time. `replaced`: an attempt of the extension has ended it. */
export type Base =
  { readonly is: 'alive'; readonly endsAt: number } | { readonly is: 'used' | 'replaced' | 'none' }

/**
 * By what the provider lists, and the records of attempts; `attempts` are those of the extension itself. Whoever ended it
 * wanted none in its place either.
 */
export function baseOf(known: {
  readonly own: readonly Credential[]
  readonly isStopped: boolean
  readonly wasEndedByWord: boolean
  readonly attempts: readonly Intent[]
}): Base {
  if (known.own.some(({ state }) => state === 'used')) return { is: 'used' }
  if (known.wasEndedByWord) return { is: 'none' }
  const alive = known.own.find(isAlive)
  if (alive !== undefined && !known.isStopped) return { is: 'alive', endsAt: alive.expiresAt }
  return { is: known.attempts.length > 0 ? 'replaced' : 'none' }
}

/** Whether it would end no later than it does already (`until` in epoch milliseconds). Twice the same is not less. */
export function addsNoTime(base: Base | undefined, until: number): boolean {
  return base?.is === 'alive' && until < base.endsAt
}

/** Why there is nothing to give more time to. */
export function baseRefusal(base: Base | undefined): Refusal | undefined {
  switch (base?.is) {
    case 'used':
      return { code: 'extend-used' }
    case 'none':
      return { code: 'extend-none' }
    case 'alive':
    case 'replaced':
    case undefined:
      return undefined
  }
}

/**
 * The credentials that the intents of an exception prove its own, and not another one's that took its place soon after
 * (`later` are the intents of that).
 */
export function ownOf(
  intents: readonly Intent[],
  credentials: readonly Credential[],
  later: readonly Intent[] = [],
): readonly Credential[] {
  return credentials.filter((one) => provesOwn(intents, one) && !provesOwn(later, one))
}

/** What an attempt to lengthen a credential came to. */
export type Prolonged =
  { readonly is: 'extended'; readonly lease: Lease } | { readonly is: 'refused'; readonly refusal: Refusal }

/** What follows for the extension (`by`) that was carried out, or could not be. */
export function afterProlonging(by: string, prolonged: Prolonged, at: number): readonly Fact[] {
  return prolonged.is === 'extended'
    ? [
        { type: 'extended', at, by, lease: prolonged.lease },
        { type: 'ended', at, outcome: 'extended' },
      ]
    : notExtended(prolonged.refusal, at)
}

/**
 * What follows for an extension from where the exception stands that it was asked for: there is nothing to extend but what
 * is out. What has taken its place lives on.
 */
export function afterBase(base: State, extension: State, at: number): readonly Fact[] {
  const isOpen = extension.status === 'waiting' || extension.status === 'approved'
  if (base.status === 'active' || !isOpen || hasReplaced(extension)) return []
  const wasUsed = base.status === 'ended' && base.outcome === 'used'
  return notExtended({ code: wasUsed ? 'extend-used' : 'extend-none' }, at)
}

function notExtended(refusal: Refusal, at: number): readonly Fact[] {
  return [
    { type: 'not-extended', at, refusal },
    { type: 'ended', at, outcome: 'not-extended' },
  ]
}

/** Whether an extension has taken the place of what it extends: an attempt to mint ended that first. */
export function hasReplaced(extension: State): boolean {
  return 'mints' in extension && extension.mints > 0
}

/** Whether something else has taken its place, or is taking it. */
export function isReplaced(state: State): boolean {
  if (state.status === 'ending') return state.why === 'replaced'
  return state.status === 'ended' && state.replacedBy !== undefined
}

/** What an exception that is over lives on as: what took its place, or what it gave its time to. */
export function livesOnAs(state: State): ExceptionId | undefined {
  if (state.status === 'ending' && state.why === 'replaced') return state.last?.replacedBy
  if (state.status !== 'ended') return undefined
  return state.outcome === 'extended' ? state.request.extends : state.replacedBy
}

/** Who did not ask for more time did not ask for what it was for either: what follows for that. */
export function afterStop(extension: State, at: number): readonly Fact[] {
  if (extension.status !== 'ending' || extension.why !== 'stopped') return []
  const { subject, subjectSlack } = extension.request
  return [{ type: 'stopped', at, by: { person: subject, ...subjectSlack } }]
}
