import { endsIt, type Standing } from '../core/exception/answer.ts'
import { isToEnd } from '../core/exception/end.ts'
import type { HearingOf } from '../core/exception/hearing.ts'
import type { Envelope } from '../core/envelope/statement.ts'
import type { ExceptionId, PersonId } from '../core/ids.ts'
import { samePerson, type Person } from '../core/people/person.ts'
import { securitySet } from '../core/policy/sets.ts'
import { nameless } from '../core/text/en.ts'
import { raiseAlarm } from './alarm.ts'
import { candidatesOf } from './evidence.ts'
import type { Ports } from './ports.ts'

/** `another`: somebody really wants to end something, which lived here before. */
export type Hearing =
  | { readonly is: 'forged' }
  | { readonly is: 'another' }
  | { readonly is: 'heard'; readonly standing: Standing }

/** Verifies what somebody said and reads, now, what they are to this exception, which may live on as another one. */
export async function hear(
  ports: Ports,
  envelope: Envelope,
  about: HearingOf,
  livesOnAs = about.exceptionId,
): Promise<Hearing> {
  const { statement } = envelope
  const isSigned = ports.verifier.verify(envelope)
  const isThis = statement.exceptionId === about.exceptionId
  if (isSigned && !isThis && isToEnd(statement)) return { is: 'another' }
  if (!isSigned || !isThis || statement.requestHash !== about.requestHash) {
    await raiseAlarm(ports, `exception/${about.exceptionId}`, 'forged-message')
    return { is: 'forged' }
  }
  const standing = await standingOf(ports, statement.actor.person, about)
  if (endsIt(statement, standing)) await stopFor(ports, [about.exceptionId, livesOnAs])
  return { is: 'heard', standing }
}

/** The mint asks for these rows, so that no workflow can forget them. Without PostgreSQL nothing is minted anyway. */
async function stopFor(ports: Ports, ids: readonly ExceptionId[]): Promise<void> {
  for (const id of new Set(ids)) await ports.stops.endByWord(id).catch(() => undefined)
}

/** What a person is to an exception, by the directory as it is now and the policy that the exception pins. */
export async function standingOf(ports: Ports, speaker: PersonId, about: HearingOf): Promise<Standing> {
  const [person, subject, requester, [mayApprove, isSecurity], ...earlier] = await Promise.all([
    ports.directory.personById(speaker),
    ports.directory.personById(about.subject),
    ports.directory.personById(about.requester),
    authorityOf(ports, speaker, about),
    ...about.approvedBy.map((id) => ports.directory.personById(id)),
  ])
  if (person === undefined) return nobody
  const is = (other: Person | undefined): boolean => other !== undefined && samePerson(person, other)
  return {
    name: person.name,
    active: person.enabled && !person.guest,
    isSubject: is(subject),
    isRequester: is(requester),
    mayApprove,
    isSecurity,
    hasApproved: earlier.some(is),
  }
}

/** Whether the policy lets a person approve here, and whether it counts them as security. An unknown policy: neither. */
async function authorityOf(
  ports: Ports,
  speaker: PersonId,
  { policyHash, rule: name, subject }: HearingOf,
): Promise<readonly [boolean, boolean]> {
  const pinned = await ports.policies.byHash(policyHash)
  if (pinned === undefined) return [false, false]
  const { policy } = pinned
  const rule = policy.rules.find((one) => one.name === name)
  const [candidates, isSecurity] = await Promise.all([
    rule !== undefined && 'approve' in rule ? candidatesOf(ports, policy, rule.approve, subject) : [],
    ports.belongs(policy, securitySet, speaker),
  ])
  return [candidates.some(({ person }) => person.id === speaker), isSecurity]
}

const nobody: Standing = {
  name: nameless.gone,
  active: false,
  isSubject: false,
  isRequester: false,
  mayApprove: false,
  isSecurity: false,
  hasApproved: false,
}
