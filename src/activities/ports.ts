import type {
  Belongs,
  Cards,
  CaseViews,
  Denials,
  Directory,
  Intents,
  Ledger,
  LiveCodes,
  PersonalKeys,
  Policies,
  Provider,
  Responder,
  Revocations,
  Sha256,
  SignIns,
  Slack,
  Stops,
  Verifier,
  Views,
} from '../core/ports.ts'
import type { BlockTurns } from '../core/fraud/ports.ts'
import type { ProviderName } from '../core/kinds.ts'
import type { FollowUpStart } from '../core/follow-up/start.ts'
import type { Envelope } from '../core/envelope/statement.ts'
import type { CaseStatementOf } from '../core/fraud/statement.ts'
import type { PersonId } from '../core/ids.ts'
import type { People } from '../core/people/people.ts'

/** Everything outside that the activities act on. */
export type Ports = {
  readonly directory: Directory
  readonly belongs: Belongs
  readonly people: People
  readonly providers: Readonly<Record<ProviderName, Provider>>
  readonly signIns: SignIns
  readonly intents: Intents
  readonly ledger: Ledger
  readonly stops: Stops
  readonly revocations: Revocations
  readonly cards: Cards
  readonly views: Pick<Views, 'byId' | 'aboutSubject'>
  readonly cases: CaseViews
  readonly blockTurns: BlockTurns
  readonly responder: Responder
  readonly denials: Denials
  /** Lets the exceptions of a person know that somebody reported fraud; those that are over hear nothing. */
  readonly exceptions: { stop(subject: PersonId, report: Envelope<CaseStatementOf<'report'>>): Promise<void> }
  readonly policies: Policies
  readonly slack: Slack
  readonly verifier: Verifier
  readonly personalKeys: PersonalKeys
  readonly sha256: Sha256
  readonly liveCodes: LiveCodes
  readonly links: { readonly signIn: string; readonly securityInfo: string }
  /** Starts the follow-up of a person, or lets the running one know of one more exception. */
  readonly followUps: { open(start: FollowUpStart): Promise<void> }
  /** Tells operators of something that people can't be told, without secrets. */
  readonly warn: (what: string, about: Readonly<Record<string, string>>) => void
  /** Random UUID. */
  readonly uuid: () => string
  /** Epoch milliseconds. */
  readonly now: () => number
}
