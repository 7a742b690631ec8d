import type { Standing } from '../core/exception/answer.ts'
import type { Envelope } from '../core/envelope/statement.ts'
import type { PersonId } from '../core/ids.ts'
import { samePerson, type Person } from '../core/people/person.ts'
import { raiseAlarm } from './alarm.ts'
import { candidatesOf, isIn } from './evidence.ts'
import type { Ports } from './ports.ts'

/** To whom somebody speaks: the people of the exception and the rule that it was admitted under. */
export type HearingOf = {
  readonly exceptionId: string
  readonly requestHash: string
  readonly subject: PersonId
  readonly requester: PersonId
  readonly approvedBy: readonly PersonId[]
  readonly policyHash: string
  readonly rule: string
}

export type Hearing = { readonly is: 'forged' } | { readonly is: 'heard'; readonly standing: Standing }

/** Verifies what somebody said and reads, now, what they are to this exception. */
export async function hear(ports: Ports, envelope: Envelope, about: HearingOf): Promise<Hearing> {
  const { statement } = envelope
  const isAboutThis =
    statement.exceptionId === about.exceptionId && statement.requestHash === about.requestHash
  if (!isAboutThis || !ports.verifier.verify(envelope)) {
    await raiseAlarm(ports, `exception/${about.exceptionId}`, 'forged-message')
    return { is: 'forged' }
  }
  return { is: 'heard', standing: await standingOf(ports, statement.actor.person, about) }
}

/** What a person is to an exception, by the directory as it is now and the policy that the exception pins. */
export async function standingOf(ports: Ports, speaker: PersonId, about: HearingOf): Promise<Standing> {
  const pinned = await ports.policies.byHash(about.policyHash)
  const policy = pinned?.policy
  const rule = policy?.rules.find(({ name }) => name === about.rule)
  const step = rule !== undefined && 'approve' in rule ? rule.approve : undefined
  const [person, subject, requester, approvers, isSecurity, ...earlier] = await Promise.all([
    ports.directory.personById(speaker),
    ports.directory.personById(about.subject),
    ports.directory.personById(about.requester),
    policy !== undefined && step !== undefined ? candidatesOf(ports, policy, step, about.subject) : [],
    policy !== undefined && isIn(ports, policy, 'security', speaker),
    ...about.approvedBy.map((id) => ports.directory.personById(id)),
  ])
  const is = (other: Person | undefined): boolean =>
    person !== undefined && other !== undefined && samePerson(person, other)
  return {
    name: person?.name ?? 'somebody who left the directory',
    active: person !== undefined && person.enabled && !person.guest,
    isSubject: is(subject),
    isRequester: is(requester),
    mayApprove: approvers.some((candidate) => candidate.person.id === speaker),
    isSecurity,
    hasApproved: earlier.some(is),
  }
}
