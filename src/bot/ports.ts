import type { Kind, ProviderName } from '../core/kinds.ts'
import type { Links } from '../core/card/card.ts'
import type { People } from '../core/people/people.ts'
import type { Person } from '../core/people/person.ts'
import type { PinnedPolicy } from '../core/policy/policy.ts'
import type {
  Belongs,
  Cards,
  CaseViews,
  Deliveries,
  Directory,
  ProviderTerms,
  Revocations,
  Sha256,
  Signer,
  Verifier,
  Views,
} from '../core/ports.ts'
import type { SystemReport } from '../core/system/report.ts'
import type { Actor } from '../core/people/person.ts'
import type { Engine } from './engine.ts'
import type { CaseEngine } from './fraud/engine.ts'

/** Everything outside that the bot needs. It holds no right to issue a credential. */
export type BotPorts = {
  readonly people: People
  readonly belongs: Belongs
  readonly terms: Readonly<Record<ProviderName, () => Promise<ProviderTerms>>>
  readonly views: Views
  readonly cards: Pick<Cards, 'isKnown'>
  readonly links: Links
  readonly deliveries: Deliveries
  readonly policy: () => PinnedPolicy
  readonly engine: Engine
  readonly cases: CaseViews
  readonly caseEngine: CaseEngine
  /** The name of the command that reports fraud, with its slash. */
  readonly fraudCommand: string
  readonly revocations: Revocations
  readonly signer: Signer
  /** Verifies what this bot signed. */
  readonly verifier: Verifier
  /** Somebody by their directory id, read now. */
  readonly person: Directory['personById']
  /** The only one with this address or principal name, read from the directory. Rejects when it does not answer. */
  readonly personNamed: (name: string) => Promise<Person | undefined>
  readonly sha256: Sha256
  /** The team that this installation belongs to. */
  readonly team: string
  /** The names of the commands, with their slash. */
  readonly commands: Readonly<Record<Kind, string>>
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly warn: (what: string, about: Readonly<Record<string, string>>) => void
  /** How Hallpass is now. Rejects when PostgreSQL does not answer. */
  readonly system: () => Promise<SystemReport>
  readonly deed: DeedPort
  /** Slack got its answer to a request of this type, so many seconds after it came. */
  readonly acknowledged: (what: string, seconds: number) => void
}

/** Runs the answer to what somebody did, so that operators find whatever it leads to by one id. */
export type DeedPort = <Outcome>(deed: KnownDeed, work: () => Promise<Outcome>) => Promise<Outcome>

/** What somebody did: who, and when it was first heard of. */
type KnownDeed = {
  readonly what: string
  readonly kind: Kind | undefined
  readonly actor: Actor
  readonly at: number
}

/** The same, as somebody sees it who speaks of one kind of exception. */
export type KindPorts = BotPorts & {
  readonly kind: Kind
  /** The name of this kind's command, with its slash. */
  readonly command: string
}

/** What answers about one kind of exception need. */
export function portsFor(ports: BotPorts, kind: Kind): KindPorts {
  return { ...ports, kind, command: ports.commands[kind] }
}
