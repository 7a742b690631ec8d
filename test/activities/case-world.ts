import { allProviders } from '../../src/core/kinds.ts'
import { Fault } from '../../src/core/fault.ts'
import type { Ports } from '../../src/activities/ports.ts'
import type { Envelope } from '../../src/core/envelope/statement.ts'
import type { Around } from '../../src/core/fraud/fact.ts'
import type { Case } from '../../src/core/fraud/state.ts'
import type {
  CaseSaid,
  CaseStatement,
  CaseStatementOf,
  CloseBody,
  ReportBody,
} from '../../src/core/fraud/statement.ts'
import type { CaseId, PersonId } from '../../src/core/ids.ts'
import type { Person } from '../../src/core/people/person.ts'
import type { PeopleSource, Policy } from '../../src/core/policy/policy.ts'
import type { ResponderProblem } from '../../src/core/ports.ts'
import { no, yes, type Result } from '../../src/core/result.ts'
import {
  actorOf,
  allowing,
  asked,
  ava,
  ben,
  dana,
  hanna,
  marco,
  person,
  pinnedPolicy,
} from '../core/exception/given.ts'
import { carl, caseId, sam, sue } from '../core/fraud/given.ts'

const hour = 3_600_000
export const gust = person('gust', { guest: true })
export const another = '6e2d8b01-4f3e-4c55-9a52-0123456789ab'

/** What somebody says about a case, in an envelope. The fakes believe every signature but the one that says that it is forged. */
export function saying<Kind extends CaseSaid['kind']>(
  kind: Kind,
  body: Extract<CaseSaid, { readonly kind: Kind }>['body'],
  by: Person,
  more: { readonly signature?: string; readonly caseId?: CaseId } = {},
): Envelope<CaseStatementOf<Kind>> {
  const { signature = `${by.name} says ${kind}`, caseId: id = caseId } = more
  const statement = { v: 1, caseId: id, actor: actorOf(by), at: asked, kind, body }
  return { statement, keyId: 'key-1', signature } as unknown as Envelope<CaseStatementOf<Kind>>
}

export function reportBy(
  by: Person,
  more: Partial<ReportBody> = {},
  envelope: Parameters<typeof saying>[3] = {},
): Envelope<CaseStatementOf<'report'>> {
  return saying('report', { subject: dana.id, what: 'sign-in', policyHash: 'p', ...more }, by, envelope)
}

export const closing: CloseBody = {
  outcome: 'false-alarm',
  reason: 'It was Dana',
  passwordReset: true,
  methodsReviewed: true,
}

type Setting = {
  readonly people?: readonly Person[]
  readonly security?: readonly Person[]
  readonly breakGlass?: readonly Person[]
  readonly recentBlocks?: number
  readonly state?: Case
  /** Signatures of reports that were heard in a case that is closed. */
  readonly over?: readonly string[]
  /** A set of people that the directory does not know. */
  readonly unreadable?: string
  readonly around?: readonly Around[]
  readonly problem?: ResponderProblem
  /** Keys of people's own in the policy: a name, and what their signatures begin with. */
  readonly keys?: Readonly<Record<string, string>>
}

/** A worker around one person, and what it did. */
export function caseWorld(setting: Setting = {}) {
  const { security = [sam, sue, carl], breakGlass = [], recentBlocks = 0, problem, keys } = setting
  const did: string[] = []
  const alarms: string[] = []
  const asking: unknown[] = []
  const down = new Set<string>()
  const alive = new Set<string>()
  const everybody = [dana, hanna, marco, ava, ben, sam, sue, carl, gust]
  const people = new Map([...everybody, ...(setting.people ?? [])].map((one) => [one.id, one]))
  const does = async (what: string): Promise<void> => {
    if (down.has(what.split(' ')[0] ?? '')) throw new Fault('graph', 'unavailable', 'down')
    did.push(what)
  }
  const responds = async (what: string): Promise<Result<void, ResponderProblem>> => {
    await does(what)
    return problem === undefined ? yes(undefined) : no(problem)
  }
  const holder = (name: string): Person => {
    const found = [...people.values()].find((one) => one.upn === name)
    if (found === undefined) throw new Fault('graph', 'missing', 'person-unknown')
    return found
  }
  const sets: Readonly<Record<string, readonly Person[]>> = { security, helpdesk: [hanna], breakGlass }
  const { policy: given } = pinnedPolicy([allowing])
  const policy: Policy = {
    ...given,
    people: { ...given.people, security: { directoryGroup: 'Security' } },
    fraud: { ...given.fraud, neverBlock: 'breakGlass', ...(keys && { keys }) },
  }
  const ports = {
    verifier: { verify: ({ signature }: Envelope) => signature !== 'forged' && !isPersonal(signature) },
    personalKeys: {
      signerOf: (known: Readonly<Record<string, string>>, { signature }: Envelope) =>
        Object.entries(known).find(([, key]) => signature.startsWith(`${key}: `))?.[0],
    },
    directory: {
      personById: async (id: PersonId) => people.get(id),
      membersOf: async (source: PeopleSource) =>
        'named' in source
          ? source.named.map((name) => holder(name))
          : security.map((one) => people.get(one.id) ?? one),
    },
    belongs: async (_policy: Policy, set: string, id: PersonId) => {
      if (set === setting.unreadable) throw new Fault('graph', 'missing', 'group-unknown')
      if (down.has(set)) throw new Fault('graph', 'unavailable', 'down')
      return sets[set]?.some((one) => one.id === id) === true
    },
    policies: { current: () => ({ hash: 'p', policy }) },
    cases: {
      byId: async (id: CaseId) =>
        setting.state && id === caseId ? { caseId, state: setting.state } : undefined,
      isOver: async (_subject: PersonId, reports: readonly string[]) =>
        reports.some((signature) => setting.over?.includes(signature)),
    },
    blockTurns: {
      othersBefore: async (...args: unknown[]) => {
        asking.push(args)
        return recentBlocks
      },
    },
    views: {
      aboutSubject: async () =>
        (setting.around ?? []).map(({ exceptionId, displayId, requester, approvers }) => ({
          exceptionId,
          displayId,
          state: {
            status: 'ended',
            request: {
              exceptionId,
              kind: 'tap',
              requestedAt: asked - hour,
              requester: { person: requester },
              requesterName: 'R',
            },
            approvals: approvers.map((one) => ({ by: { person: one }, name: 'A' })),
          },
        })),
    },
    responder: {
      block: async () => responds('block'),
      unblock: async () => responds('unblock'),
      confirmRisk: async () => responds('confirmRisk'),
      dismissRisk: async () => responds('dismissRisk'),
    },
    denials: {
      deny: async (id: PersonId, of: CaseId) => does(`deny ${id} ${of}`),
      allow: async (id: PersonId, of: CaseId) => does(`allow ${id} ${of}`),
    },
    signIns: { methods: async () => [], revokeSessions: async () => does('revokeSessions') },
    stops: { endByWord: async (id: string) => does(`endByWord ${id}`) },
    exceptions: { stop: async (id: PersonId) => does(`signal ${id}`) },
    providers: Object.fromEntries(
      allProviders.map((name) => [
        name,
        {
          reader: {
            credentials: async () =>
              [...alive]
                .filter((id) => id.startsWith(name))
                .map((credentialId) => ({ credentialId, state: 'usable' })),
          },
          issuer: {
            revoke: async (_id: PersonId, credentialId: string) => {
              await does(`revoke ${credentialId}`)
              alive.delete(credentialId)
            },
          },
        },
      ]),
    ),
    intents: { of: async () => [] },
    ledger: { append: async (chain: string) => void alarms.push(chain) },
    slack: { post: async () => ({ channel: 'C', ts: '1' }) },
    sha256: () => 'hash',
    uuid: () => 'u',
    now: () => asked,
    warn: () => undefined,
  } as unknown as Ports
  return {
    ports,
    did,
    alarms,
    asking,
    /** What does not answer. */
    down,
    /** Credentials that work. */
    alive,
    /** What the directory says from now on. */
    change: (one: Person) => void people.set(one.id, one),
  }
}

/** The same statement, changed on its way. */
export function forged<S extends CaseStatement>(envelope: Envelope<S>): Envelope<S> {
  return { ...envelope, signature: 'forged' }
}

/** The same word, signed with a key of somebody's own. It speaks for no Slack account. */
export function personally<S extends CaseStatement>(envelope: Envelope<S>, key: string): Envelope<S> {
  const { statement } = envelope
  const actor = { team: '', user: '', person: statement.actor.person }
  return { statement: { ...statement, actor }, keyId: key, signature: `${key}: ${envelope.signature}` }
}

/** Not the bot's: by a key of a person's own. */
function isPersonal(signature: string): boolean {
  return /^key-of-\w+: /.test(signature)
}
