import { admission, mayAsk, type Candidate, type PeopleEvidence } from '../core/exception/admission.ts'
import type { Admission, Judged } from '../core/exception/admitted.ts'
import { requestedBy } from '../core/exception/requested.ts'
import type { Envelope, StatementOf } from '../core/envelope/statement.ts'
import type { ExceptionId } from '../core/ids.ts'
import { readEvidence, readPeople } from './evidence.ts'
import type { Ports } from './ports.ts'
import { raiseAlarm } from './alarm.ts'
import { requestText } from '../core/envelope/request-hash.ts'

/** Verifies the request, reads directory, policy and provider, and judges. Rejects when one of them does not answer. */
export async function admit(ports: Ports, request: Envelope<StatementOf<'request'>>): Promise<Admission> {
  const { statement } = request
  if (!ports.verifier.verify(request) || statement.requestHash !== hashOf(ports, statement)) {
    await raiseAlarm(ports, `exception/${statement.exceptionId}`, 'forged-message')
    return { is: 'forged' }
  }
  const { body, actor } = statement
  const pinned = await ports.policies.byHash(body.policyHash)
  const people = await readPeople(ports, {
    request: body,
    requester: actor.person,
    pinned: pinned ?? ports.policies.current(),
  })
  const { subject, requester } = people
  const requested = requestedBy(request, { subjectName: subject.name, requesterName: requester.name })
  return { is: 'judged', requested, ...(await judge(ports, statement.exceptionId, people)) }
}

/** Whoever may not ask is refused before the provider is asked about anybody. */
async function judge(
  ports: Ports,
  exceptionId: ExceptionId,
  people: PeopleEvidence,
): Promise<Pick<Judged, 'plan' | 'askedNames'>> {
  const allowed = mayAsk(people)
  if (!allowed.ok) return { plan: allowed, askedNames: '' }
  const evidence = await readEvidence(ports, exceptionId, people)
  const plan = admission(evidence)
  const names = plan.ok ? plan.value.asked.map(({ person }) => nameOf(evidence.candidates, person)) : []
  return { plan, askedNames: names.join(', ') }
}

function hashOf(ports: Ports, { exceptionId, actor, body }: StatementOf<'request'>): string {
  return ports.sha256(requestText(exceptionId, actor, body))
}

function nameOf(candidates: readonly Candidate[], id: string): string {
  return candidates.find(({ person }) => person.id === id)?.person.name ?? id
}
