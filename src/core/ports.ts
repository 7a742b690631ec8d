import type { KnownBlock } from '@slack/types'
import type { Modal } from './card/card.ts'
import type { AnyStatement, Envelope } from './envelope/statement.ts'
import type { Lease } from './exception/fact.ts'
import type { KnownState } from './exception/state.ts'
import type { Case } from './fraud/state.ts'
import type { CaseStatementOf } from './fraud/statement.ts'
import type { ChainedFact } from './ledger/chained-fact.ts'
import type { CaseId, ExceptionId, PersonId } from './ids.ts'
import type { Person, SlackAccount } from './people/person.ts'
import type { PeopleSource, PinnedPolicy, Policy } from './policy/policy.ts'
import type { ProviderProblem } from './refusal.ts'
import type { Target } from './local/target.ts'
import type { Result } from './result.ts'
import type { RevocationFact } from './revocation/fact.ts'
import type { Secret } from './secret.ts'

/** Who people are and what they may do, read from the directory. Methods reject when the directory does not answer. */
export type Directory = {
  /** Undefined when nobody has this id. */
  personById(id: PersonId): Promise<Person | undefined>
  /** By e-mail address or user principal name, without regard to case. */
  personByMail(mail: string): Promise<Result<Person, 'unknown' | 'ambiguous'>>
  /** The manager of a person; undefined when the directory names none. */
  managerOf(id: PersonId): Promise<Person | undefined>
  /** All members of a set of people, nested groups included. Rejects when the group does not exist or is ambiguous. */
  membersOf(source: PeopleSource): Promise<readonly Person[]>
  /** Whether the person holds any directory role, directly or through a group. Rejects when that can't be told. */
  isPrivileged(id: PersonId): Promise<boolean>
}

/** Whether somebody belongs to a set of people that a policy names, read at the moment of use. Rejects when that can't be told. */
export type Belongs = (policy: Policy, set: string, person: PersonId) => Promise<boolean>

/** What the provider's own policy allows now. Durations in seconds. */
export type ProviderTerms = {
  readonly enabled: boolean
  readonly shortest: number
  readonly longest: number
  readonly step: number
}

/** A credential as the provider lists it; never the code. Times in epoch milliseconds. */
export type Credential = Lease & {
  readonly createdAt: number
  /** `voided`: too many wrong tries. */
  readonly state: 'usable' | 'not-yet' | 'used' | 'expired' | 'unusable' | 'voided'
}

/** A sign-in method of a person. `strong` by the rule of the follow-up: it can replace what was lost. */
export type Method = {
  readonly id: string
  readonly type: string
  readonly label: string
  readonly strong: boolean
  /** Epoch milliseconds; undefined where the provider does not say. */
  readonly createdAt?: number
}

/** Reads at the provider that need no right to issue. */
export type ProviderReader = {
  terms(): Promise<ProviderTerms>
  credentials(subject: PersonId): Promise<readonly Credential[]>
  /** Undefined when the provider has no such credential any more. */
  credential(subject: PersonId, credentialId: string): Promise<Credential | undefined>
}

/** The part of the provider that issues and ends. The exception's id goes into the provider's audit log where it has a place. */
export type ProviderIssuer = {
  /** Mints a one-time credential. Lifetime in seconds. An ambiguous failure rejects: the caller revokes by intent. */
  mint(order: {
    readonly subject: PersonId
    readonly lifetime: number
    readonly exceptionId: ExceptionId
    /** What it opens, where it does not open the account. */
    readonly target: Target | undefined
  }): Promise<Result<Minted, ProviderProblem>>
  /** Ends one credential; one that is gone already is a success. */
  revoke(subject: PersonId, credentialId: string): Promise<void>
  /**
   * Lets a credential that is alive work until a later time, in epoch milliseconds, and answers what is in force; never
   * shortens it, and twice is once. `used` when somebody got in with it, `over` when it is not alive, or not this
   * subject's. A provider that can't do this has no such method.
   */
  extend?(subject: PersonId, credentialId: string, until: number): Promise<Result<Lease, 'used' | 'over'>>
}

/** What was minted. A let-in has no code. `requestId` is the provider's own, for its audit log. */
export type Minted = { readonly lease: Lease; readonly code: Secret | undefined; readonly requestId: string }

/** One system that issues credentials. */
export type Provider = { readonly reader: ProviderReader; readonly issuer: ProviderIssuer }

/** How a person signs in to the directory, whatever lets them in for now. */
export type SignIns = {
  methods(subject: PersonId): Promise<readonly Method[]>
  /** Signs the person out everywhere. */
  revokeSessions(subject: PersonId): Promise<void>
}

/**
 * Stops a person's account at once, and gives it back. Every method is idempotent and rejects with a Fault when the
 * provider does not answer.
 */
export type Responder = {
  /** No sign-in from now on; what is signed in already is not signed out by this. */
  block(subject: PersonId): Promise<Result<void, ResponderProblem>>
  unblock(subject: PersonId): Promise<Result<void, ResponderProblem>>
  /** Tells the provider's own risk engine that the account is in other hands. */
  confirmRisk(subject: PersonId): Promise<Result<void, ResponderProblem>>
  /** Tells it that there is no danger any more. */
  dismissRisk(subject: PersonId): Promise<Result<void, ResponderProblem>>
}

/**
 * Why the provider will never do it by itself: a person has to. `forbidden`: the application may not, as with
 * administrators, or the directory takes no such change; `not-found`: no such account.
 */
export type ResponderProblem = 'forbidden' | 'no-licence' | 'not-found'

/**
 * Whom Hallpass's own checks refuse, whatever they type. Idempotent by (subject, case): what a case gave back it does not
 * deny again.
 */
export type Denials = {
  /** Denied when it resolves, whatever is or will be issued; a check that was under way is over then. */
  deny(subject: PersonId, caseId: string): Promise<void>
  /** Gives back what this case denied; another case goes on denying. */
  allow(subject: PersonId, caseId: string): Promise<void>
}

/** One attempt to mint, written before the provider is called. */
export type Intent = {
  readonly exceptionId: ExceptionId
  readonly attempt: number
  readonly subject: PersonId
  /** Signature of the claim: one press mints once. */
  readonly claim: string
  /** Credential ids at the provider before the call; a new one afterwards is ours. */
  readonly before: readonly string[]
  /** Epoch milliseconds. */
  readonly at: number
  readonly deadline: number
}

/** The record of attempts to mint. */
export type Intents = {
  /** False when this attempt or this claim is recorded already: whoever asks must stop. */
  record(intent: Intent): Promise<boolean>
  of(exceptionId: ExceptionId): Promise<readonly Intent[]>
}

/** Exceptions that are stopped for good; insert-only, so that nothing can open them again. */
export type Stops = {
  /** No code is minted or shown for this exception from now on; twice is once. */
  stop(exceptionId: ExceptionId): Promise<void>
  /** The same because somebody wanted it ended: nor for what was asked for to take its place. */
  endByWord(exceptionId: ExceptionId): Promise<void>
  isStopped(exceptionId: ExceptionId): Promise<boolean>
  wasEndedByWord(exceptionId: ExceptionId): Promise<boolean>
}

/** The ledger: append-only chains of facts. */
export type Ledger = {
  /**
   * Appends facts to a chain and moves the projection in the same transaction. Idempotent by (chain, seq).
   * Rejects with a conflict Fault when a seq exists with other bytes.
   */
  append(chain: string, facts: readonly ChainedFact[]): Promise<void>
  /** Rejects when the ledger can't be written now. */
  writable(): Promise<void>
}

/** One row of the projection. */
export type ExceptionView = {
  readonly exceptionId: ExceptionId
  readonly displayId: string
  readonly state: KnownState
  readonly followUp: FollowUpView | undefined
  /** What was said to end it and could not be heard by its workflow, oldest first. */
  readonly revocations: readonly RevocationFact[]
}

/** What the projection knows of the follow-up after an exception. */
export type FollowUpView = { readonly status: 'open' | 'closed'; readonly reminders: number }

/** Reads of the projection. Newest first; lists are limited to 50. */
export type Views = {
  byId(id: ExceptionId): Promise<ExceptionView | undefined>
  /** Every exception whose eight letters begin so. */
  byPrefix(letters: string): Promise<readonly ExceptionView[]>
  aboutSubject(subject: PersonId): Promise<readonly ExceptionView[]>
  ofRequester(requester: PersonId): Promise<readonly ExceptionView[]>
  /** Not ended, or with an open follow-up. */
  open(): Promise<readonly ExceptionView[]>
}

/** Exceptions as their facts tell them, whatever the projection says. */
export type FactViews = Pick<Views, 'byId'> & {
  /** At least what it extends, what extends it, and so on, with itself; whoever reads it looks whether that is so. */
  family(id: ExceptionId): Promise<readonly ExceptionView[]>
}

/** One case of fraud, as the projection shows it. */
export type CaseView = { readonly caseId: CaseId; readonly state: Case }

/** Reads of the cases. Newest first; lists are limited to 50. */
export type CaseViews = {
  byId(id: CaseId): Promise<CaseView | undefined>
  /** Every case whose eight letters begin so. */
  byPrefix(letters: string): Promise<readonly CaseView[]>
  open(): Promise<readonly CaseView[]>
  openAbout(subject: PersonId): Promise<readonly CaseView[]>
  /** Whether one of these reports about a person, named by their signatures, was heard in a case that is closed. */
  isOver(subject: PersonId, reports: readonly string[]): Promise<boolean>
}

/** Where a card was posted, by key (`approvals`, `requester`, `subject`, `approver/<person>` ...). */
export type CardPlace = { readonly channel: string; readonly ts: string }
export type Cards = {
  placeOf(exceptionId: ExceptionId, audience: string): Promise<CardPlace | undefined>
  remember(exceptionId: ExceptionId, audience: string, place: CardPlace): Promise<void>
  /** Whether a card of this exception was posted here: a message that is none got lost and is not kept up to date. */
  isKnown(exceptionId: ExceptionId, place: CardPlace): Promise<boolean>
}

/** Which directory person a Slack account is, fixed at the first match. */
export type Bindings = {
  of(account: SlackAccount): Promise<PersonId | undefined>
  /** The person's account in this team, when it is known. */
  accountOf(person: PersonId): Promise<SlackAccount | undefined>
  bind(account: SlackAccount, person: PersonId): Promise<void>
}

/** What came from Slack, by Slack's name of it. */
export type Deliveries = {
  /** When any program first heard of it: `now` when nobody has before. Epoch milliseconds. */
  firstSeen(delivery: string, now: number): Promise<number>
}

/** Policies by the hash of their content, so that an exception can be judged by the policy it was asked under. */
export type Policies = {
  current(): PinnedPolicy
  /** Undefined when no such policy was ever in force here. */
  byHash(hash: string): Promise<PinnedPolicy | undefined>
}

/** Signed revocations for the time when Temporal does not answer. */
export type Revocations = {
  /** That a word is to end an exception: durable when it resolves; twice is one row. */
  write(envelope: Envelope, exceptionId: ExceptionId): Promise<void>
  /** That somebody reported fraud, likewise. */
  writeReport(report: Envelope<CaseStatementOf<'report'>>): Promise<void>
}

/** A Slack account as Slack describes it. */
export type SlackProfile = SlackAccount & {
  readonly name: string
  readonly mail?: string
  readonly mailConfirmed: boolean
  readonly bot: boolean
  readonly guest: boolean
  readonly deactivated: boolean
  readonly foreign: boolean
}

/** What Hallpass does in Slack. Methods reject with a Fault. Text is push text: a whole sentence without secrets. */
export type Slack = {
  /** The workspace that the token belongs to. */
  team(): Promise<string>
  /** `to` is a channel id, or a user id for a direct message; answers where the message really is. */
  post(to: string, text: string, blocks: readonly KnownBlock[]): Promise<CardPlace>
  /** Posts into the thread of a message; answers where it is. */
  reply(under: CardPlace, text: string, blocks: readonly KnownBlock[]): Promise<CardPlace>
  update(place: CardPlace, text: string, blocks: readonly KnownBlock[]): Promise<void>
  /** Takes one of our messages away; one that is gone already is a success. */
  remove(place: CardPlace): Promise<void>
  /** Replaces an open view; rejects when it is not open any more. */
  updateView(view: string, modal: Modal): Promise<void>
  profile(user: string): Promise<SlackProfile | undefined>
  profileByMail(mail: string): Promise<SlackProfile | undefined>
  /** Whether people of other companies read a channel, or are invited to. */
  isShared(channel: string): Promise<boolean>
}

/** Signatures over statements. */
export type Signer = { sign<S extends AnyStatement>(statement: S): Envelope<S> }
export type Verifier = {
  /** Whether one of the bot's keys signed exactly this statement. */
  verify(envelope: Envelope<AnyStatement>): boolean
}

/** Keys of people's own, by the names that the policy gives their holders. */
export type PersonalKeys = {
  /** Whose key this is; undefined when it is nobody's. */
  holderOf(keys: Readonly<Record<string, string>>, keyId: string): string | undefined
  /** Whose key signed exactly this statement; undefined when none of them did. */
  signerOf(keys: Readonly<Record<string, string>>, envelope: Envelope<AnyStatement>): string | undefined
}

/** The codes that are alive in this process, so that nothing which leaves it for the history holds one. */
export type LiveCodes = {
  /** Runs the work, the code being guarded meanwhile and for ten minutes after. */
  during<Outcome>(code: Secret, work: () => Promise<Outcome>): Promise<Outcome>
}

/** sha256 of a text's UTF-8 bytes, hex. */
export type Sha256 = (text: string) => string
