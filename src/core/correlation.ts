import type { AnyStatement, Envelope } from './envelope/statement.ts'
import { isCaseEnvelope, isEnvelope } from './envelope/is-envelope.ts'
import { idFrom } from './ids.ts'
import type { Actor } from './people/person.ts'
import type { Sha256 } from './ports.ts'

/**
 * The id of what somebody did, a UUID. It is made of what every statement says of its origin, who and when, so that the bot
 * that heard a deed and the worker that carries it out have the same one without handing it on.
 */
export function correlationId(sha256: Sha256, { person, team, user }: Actor, at: number): string {
  return idFrom(sha256(`deed/${person}/${team}/${user}/${at}`))
}

/** What a message to the engine or to an activity belongs to, as far as that can be told from its outline. */
export type Origin = {
  /** The statement that it hands on or carries out: the latest one in it. */
  readonly envelope?: Envelope<AnyStatement>
  readonly about?: string
}

/** Reads it from the arguments. Total: they are outside data, and nothing of them is believed or kept but ids. */
export function originOf(args: readonly unknown[]): Origin {
  const [first] = args
  const envelope = isAnyEnvelope(first) ? first : latest(partsOf(first))
  const about = envelope === undefined ? idIn(first) : aboutOf(envelope)
  return { ...(envelope && { envelope }), ...(about !== undefined && isId(about) && { about }) }
}

/** Whoever writes into a history can call anything an id, and this is read in logs and traces. */
function isId(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text)
}

function latest(parts: readonly unknown[]): Envelope<AnyStatement> | undefined {
  return parts.filter(isAnyEnvelope).toSorted((one, other) => other.statement.at - one.statement.at)[0]
}

/** The values of an object, and what lists among them hold. */
function partsOf(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flat() : []
}

function isAnyEnvelope(value: unknown): value is Envelope<AnyStatement> {
  return isEnvelope(value) || isCaseEnvelope(value)
}

function aboutOf({ statement }: Envelope<AnyStatement>): string {
  return 'exceptionId' in statement ? statement.exceptionId : statement.caseId
}

/** An order names its exception itself, or where it begins. */
function idIn(order: unknown): string | undefined {
  if (typeof order !== 'object' || order === null) return undefined
  if ('exceptionId' in order && typeof order.exceptionId === 'string') return order.exceptionId
  return 'start' in order ? idIn(order.start) : undefined
}
