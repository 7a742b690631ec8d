import {
  mayAsk,
  type AdmissionEvidence,
  type Candidate,
  type PeopleEvidence,
} from '../core/exception/admission.ts'
import { isAlive } from '../core/exception/credentials.ts'
import type { RequestBody } from '../core/envelope/statement.ts'
import { baseOf, ownOf, type Base } from '../core/exception/extension.ts'
import { requestsDuring } from '../core/fraud/requests.ts'
import type { ExceptionId, PersonId } from '../core/ids.ts'
import type { Person } from '../core/people/person.ts'
import type { ApprovalStep, PinnedPolicy, Policy } from '../core/policy/policy.ts'
import { requesterSets } from '../core/policy/sets.ts'
import type { Credential } from '../core/ports.ts'
import { nameless } from '../core/text/en.ts'
import type { Ports } from './ports.ts'

type Asked = {
  readonly request: RequestBody
  readonly requester: PersonId
  readonly pinned: PinnedPolicy
}

/** Reads who the people of a request are. Nothing is asked of the provider. */
export async function readPeople(
  ports: Ports,
  { request, requester: id, pinned }: Asked,
): Promise<PeopleEvidence> {
  const [subject, requester, subjectPrivileged, requesterIn] = await Promise.all([
    knownPerson(ports, request.subject),
    knownPerson(ports, id),
    ports.directory.isPrivileged(request.subject),
    setsOf(ports, pinned.policy, id),
  ])
  return { request, pinned, subject, requester, subjectPrivileged, requesterIn }
}

/** Reads the rest of what the rule of admission needs about a request with this id, from the provider too. */
export async function readEvidence(
  ports: Ports,
  exceptionId: ExceptionId,
  people: PeopleEvidence,
): Promise<Evidence> {
  const { request, pinned } = people
  const allowed = mayAsk(people)
  const { reader } = ports.providers[request.provider]
  const [candidates, terms, credentials, sharesMail, cases] = await Promise.all([
    allowed.ok ? candidatesOf(ports, pinned.policy, allowed.value.approve, request.subject) : [],
    reader.terms(),
    reader.credentials(request.subject),
    isMailShared(ports, people),
    ports.cases.openAbout(request.subject),
  ])
  const requests = requestsDuring(
    cases.map(({ state }) => state),
    ports.now(),
  )
  const { base, own } = await readBase(ports, exceptionId, request, credentials)
  const extendable = own.filter(isAlive)
  const foreignPass = credentials.filter(isAlive).length > extendable.length
  return { ...people, candidates, terms, sharesMail, foreignPass, base, requests, credentials, extendable }
}

/** What is to be extended, as far as the records of attempts and the provider know it; what they do not know is none. */
async function readBase(
  ports: Ports,
  exceptionId: ExceptionId,
  { extends: extended }: RequestBody,
  credentials: readonly Credential[],
): Promise<{ readonly base: Base | undefined; readonly own: readonly Credential[] }> {
  if (extended === undefined) return { base: undefined, own: [] }
  const [made, attempts, isStopped, wasEndedByWord] = await Promise.all([
    ports.intents.of(extended),
    ports.intents.of(exceptionId),
    ports.stops.isStopped(extended),
    ports.stops.wasEndedByWord(extended),
  ])
  const own = ownOf(made, credentials)
  return { base: baseOf({ own, isStopped, wasEndedByWord, attempts }), own }
}

/** Directories do not keep e-mail addresses unique: where one lets somebody in, nobody else may have it. */
async function isMailShared(ports: Ports, { request, pinned, subject }: PeopleEvidence): Promise<boolean> {
  const { application } = request
  const userName = application === undefined ? undefined : pinned.policy.applications[application]?.userName
  if (userName !== 'mail' || subject.mail === undefined) return false
  const owner = await ports.directory.personByMail(subject.mail)
  return !owner.ok || owner.value.id !== subject.id
}

/** What the rule of admission needs, and what of it is at the provider. */
export type Evidence = AdmissionEvidence & {
  readonly credentials: readonly Credential[]
  /** Those that can be given more time. */
  readonly extendable: readonly Credential[]
}

/** A person who is not in the directory any more counts as disabled: no rule lets such a person through. */
export async function knownPerson(ports: Ports, id: PersonId): Promise<Person> {
  const person = await ports.directory.personById(id)
  return person ?? { id, name: nameless.gone, enabled: false, guest: false }
}

/** The sets that some rule asks of requesters, as far as this person belongs to them. */
async function setsOf(ports: Ports, policy: Policy, person: PersonId): Promise<readonly string[]> {
  const sets = requesterSets(policy)
  const belongs = await Promise.all(sets.map((set) => ports.belongs(policy, set, person)))
  return sets.filter((_, index) => belongs[index])
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
