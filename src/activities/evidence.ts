import { ruleFor, type AdmissionEvidence, type Candidate } from '../core/exception/admission.ts'
import { isAlive } from '../core/exception/credentials.ts'
import type { RequestBody } from '../core/envelope/statement.ts'
import type { PersonId } from '../core/ids.ts'
import type { Person } from '../core/people/person.ts'
import type { ApprovalStep, PinnedPolicy, Policy } from '../core/policy/policy.ts'
import type { Credential } from '../core/ports.ts'
import type { Ports } from './ports.ts'

/** Reads everything that the rule of admission needs, now. */
export async function readEvidence(
  ports: Ports,
  asked: { readonly request: RequestBody; readonly requester: PersonId; readonly pinned: PinnedPolicy },
): Promise<AdmissionEvidence & { readonly credentials: readonly Credential[] }> {
  const { request, pinned } = asked
  const [subject, requester, subjectPrivileged, requesterIn, terms, credentials] = await Promise.all([
    knownPerson(ports, request.subject),
    knownPerson(ports, asked.requester),
    ports.directory.isPrivileged(request.subject),
    setsOf(ports, pinned.policy, asked.requester),
    ports.reader.terms(),
    ports.reader.credentials(request.subject),
  ])
  const rule = ruleFor(pinned.policy, { request, requesterIn, subjectPrivileged })
  const candidates =
    rule !== undefined && 'approve' in rule
      ? await candidatesOf(ports, pinned.policy, rule.approve, request.subject)
      : []
  const foreignPass = credentials.some(isAlive)
  const people = { subject, requester, subjectPrivileged, requesterIn, candidates }
  return { request, pinned, ...people, terms, foreignPass, credentials }
}

/** A person who is not in the directory any more counts as disabled: no rule lets such a person through. */
export async function knownPerson(ports: Ports, id: PersonId): Promise<Person> {
  const person = await ports.directory.personById(id)
  return person ?? { id, name: 'somebody who left the directory', enabled: false, guest: false }
}

/** The names of the policy's sets that a rule asks of requesters, as far as this person belongs to them. */
async function setsOf(ports: Ports, policy: Policy, person: PersonId): Promise<readonly string[]> {
  const names = [
    ...new Set(policy.rules.flatMap(({ when }) => (when.requester === undefined ? [] : [when.requester]))),
  ]
  const belongs = await Promise.all(names.map((name) => isIn(ports, policy, name, person)))
  return names.filter((_, index) => belongs[index])
}

/** Whether a person belongs to a set that the policy names. A set that the policy does not know has no members. */
export async function isIn(ports: Ports, policy: Policy, name: string, person: PersonId): Promise<boolean> {
  const source = policy.people[name]
  if (source === undefined) return false
  return (await ports.directory.membersOf(source)).some((member) => member.id === person)
}

/** Who may approve by one rule, read now. A missing manager adds nobody; a group that can't be read rejects. */
export async function candidatesOf(
  ports: Ports,
  policy: Policy,
  step: ApprovalStep,
  subject: PersonId,
): Promise<readonly Candidate[]> {
  const sets = await Promise.all(
    step.by.map(async (via): Promise<readonly Candidate[]> => {
      const people = await membersVia(ports, policy, via, subject)
      return people.map((person) => ({ person, via }))
    }),
  )
  return sets.flat()
}

async function membersVia(
  ports: Ports,
  policy: Policy,
  via: string,
  subject: PersonId,
): Promise<readonly Person[]> {
  if (via === 'manager') {
    const manager = await ports.directory.managerOf(subject)
    return manager === undefined ? [] : [manager]
  }
  const source = policy.people[via]
  return source === undefined ? [] : ports.directory.membersOf(source)
}
