import type { RequestBody } from '../envelope/statement.ts'
import { isPractice, kinds, providers, type Kind } from '../kinds.ts'
import { targetOf } from '../local/target.ts'
import { samePerson, type Person } from '../people/person.ts'
import { checkRequest } from '../policy/check-request.ts'
import type { Application, PinnedPolicy, Policy, Rule } from '../policy/policy.ts'
import type { ProviderTerms } from '../ports.ts'
import type { Refusal } from '../refusal.ts'
import { no, yes, type Result } from '../result.ts'
import type { Requests } from '../fraud/requests.ts'
import { howShown } from './delivery.ts'
import { baseRefusal, type Base } from './extension.ts'
import type { Plan } from './plan.ts'

/** Somebody whom the policy lets approve for this subject, and through which of its words. */
export type Candidate = { readonly person: Person; readonly via: string }

/** What directory and policy say about a request: enough to tell who may not ask at all. */
export type PeopleEvidence = {
  readonly request: RequestBody
  readonly pinned: PinnedPolicy
  readonly subject: Person
  readonly requester: Person
  readonly subjectPrivileged: boolean
  /** Names of the policy's sets of people that the requester belongs to. */
  readonly requesterIn: readonly string[]
}

/** What must be known to admit a request; read live, at admission and again when the code is minted. */
export type AdmissionEvidence = PeopleEvidence & {
  readonly candidates: readonly Candidate[]
  readonly terms: ProviderTerms
  /** The application goes by e-mail address, and somebody else in the directory has the subject's. */
  readonly sharesMail: boolean
  /** A usable credential at the provider that is not the one to be extended. */
  readonly foreignPass: boolean
  /** What is to be extended, for a request that asks for more time. */
  readonly base: Base | undefined
  /** What open cases of fraud about the subject mean. */
  readonly requests: Requests
}

type AllowingRule = Extract<Rule, { readonly approve: unknown }>

/** Whether a rule is about this kind: about every one, or about the one whose rules it goes by. */
export function isAboutKind({ when }: Rule, kind: Kind): boolean {
  return when.kind === undefined || when.kind === kinds[kind].ruledAs
}

/** The first rule of the policy that speaks of this request. */
export function ruleFor(
  policy: Policy,
  asked: Pick<PeopleEvidence, 'request' | 'requesterIn' | 'subjectPrivileged'>,
): Rule | undefined {
  return policy.rules.find(
    (rule) =>
      isAboutKind(rule, asked.request.kind) &&
      (rule.when.application === undefined || rule.when.application === asked.request.application) &&
      (rule.when.requester === undefined || asked.requesterIn.includes(rule.when.requester)) &&
      (rule.when.subject === undefined || rule.when.subject.privileged === asked.subjectPrivileged),
  )
}

/** The rule under which these people may ask for each other. Everything missing refuses. */
export function mayAsk(evidence: PeopleEvidence): Result<AllowingRule, Refusal> {
  const { request, pinned, subject, requester, subjectPrivileged } = evidence
  if (request.policyHash !== pinned.hash) return no({ code: 'unknown-policy' })
  if (kinds[request.kind].provider !== request.provider) return no({ code: 'unverified' })
  const namesOne = request.application !== undefined
  if (namesOne !== (kinds[request.kind].opens === 'application')) return no({ code: 'unknown-application' })
  const rule = ruleFor(pinned.policy, evidence)
  if (rule === undefined) return no({ code: 'no-rule' })
  const wrongPeople = peopleRefusal(subject, requester)
  if (wrongPeople !== undefined) return no(wrongPeople)
  if ('refuse' in rule) return no({ code: 'rule-refuses', says: rule.refuse })
  return subjectPrivileged ? no({ code: 'privileged' }) : yes(rule)
}

/** Whether the request may go to its approvers, and under which plan. Everything missing refuses. */
export function admission(evidence: AdmissionEvidence): Result<Plan, Refusal> {
  const allowed = mayAsk(evidence)
  if (!allowed.ok) return allowed
  const { request, pinned, subject, requester } = evidence
  const rule = allowed.value
  if (evidence.requests === 'refused') return no({ code: 'case-open' })
  const wrongRequest = requestRefusal(evidence, rule)
  if (wrongRequest !== undefined) return no(wrongRequest)

  const target = targetOf(pinned.policy, request, subject)
  if (!target.ok) return target
  if (evidence.sharesMail) return no({ code: 'shared-user-name' })
  const asked = eachOnce(eligible(evidence.candidates, subject, requester))
  const needed = rule.approve.count + (evidence.requests === 'one-more' ? 1 : 0)
  if (asked.length < needed) return no({ code: 'no-approver' })
  return yes({ ...planOf(rule, evidence, asked), needed })
}

function peopleRefusal(subject: Person, requester: Person): Refusal | undefined {
  if (samePerson(subject, requester)) return { code: 'not-three-people' }
  if (!requester.enabled || requester.guest) return { code: 'requester-disabled' }
  if (!subject.enabled) return { code: 'subject-disabled' }
  return subject.guest ? { code: 'subject-guest' } : undefined
}

function requestRefusal(evidence: AdmissionEvidence, rule: AllowingRule): Refusal | undefined {
  const { request, pinned, terms } = evidence
  if ((request.extends === undefined) !== (evidence.base === undefined)) return { code: 'unverified' }
  const formal = checkRequest(pinned.policy.defaults, request)[0] ?? baseRefusal(evidence.base)
  const lifetime = lifetimeRefusal(request.duration, rule, terms)
  return formal ?? lifetime ?? (evidence.foreignPass ? { code: 'foreign-pass' } : undefined)
}

function lifetimeRefusal(duration: number, rule: AllowingRule, terms: ProviderTerms): Refusal | undefined {
  if (!terms.enabled) return { code: 'provider-off' }
  if (duration > rule.longest) return { code: 'too-long', longest: rule.longest }
  const inRange = duration >= terms.shortest && duration <= terms.longest && duration % terms.step === 0
  return inRange ? undefined : { code: 'provider-range', shortest: terms.shortest, longest: terms.longest }
}

/** The accounts that may approve: enabled members who are neither the subject nor the requester. */
export function eligible(
  candidates: readonly Candidate[],
  subject: Person,
  requester: Person,
): readonly Candidate[] {
  return candidates.filter(
    ({ person }) =>
      person.enabled && !person.guest && !samePerson(person, subject) && !samePerson(person, requester),
  )
}

/** Each human being is asked, and counts, once. */
function eachOnce(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.filter(
    ({ person }, index) => candidates.findIndex((other) => samePerson(other.person, person)) === index,
  )
}

/** Where its time runs from the approval on, nobody opens it when that is over. Seconds. */
function claimWithin({ defaults, applications }: Policy, { application, duration }: RequestBody): number {
  const clock = application === undefined ? 'claim' : applications[application]?.clock
  return clock === 'approval' ? Math.min(defaults.claimWithin, duration) : defaults.claimWithin
}

function planOf(
  rule: AllowingRule,
  { pinned, request, subjectPrivileged, base }: AdmissionEvidence,
  asked: readonly Candidate[],
): Omit<Plan, 'needed'> {
  const { defaults, channels, applications } = pinned.policy
  const { signsOut, watch, extend: how } = providers[request.provider]
  const application = request.application === undefined ? undefined : applications[request.application]
  return {
    rule: rule.name,
    policyHash: pinned.hash,
    asked: asked.map(({ person, via }) => ({ person: person.id, via })),
    answerWithin: rule.approve.within,
    ping: defaults.ping,
    claimWithin: claimWithin(pinned.policy, request),
    duration: request.duration,
    how: howShown(defaults.delivery, { subjectPrivileged, form: application?.form }),
    visible: defaults.delivery.visible,
    remind: defaults.followUp.remind,
    watch: watch ?? defaults.watch,
    ...(watch && { look: defaults.watch }),
    revokeSessions: signsOut && defaults.revokeSessionsOnRevoke,
    ...(base?.is === 'alive' && { extends: { how, endsAt: base.endsAt } }),
    ...opened(request, application),
    channels,
  }
}

function opened({ kind }: RequestBody, application: Application | undefined): Pick<Plan, 'opens'> {
  if (isPractice(kind)) return { opens: { name: '', form: 'nothing' } }
  return application === undefined ? {} : { opens: { name: application.name, form: application.form } }
}
