import type { Reporter, Step } from '../fraud/plan.ts'
import type { Kind } from '../kinds.ts'
import type { Form } from '../local/check.ts'

/** The policy file, read and checked. All durations in seconds. */
export type Policy = {
  readonly directory: 'entra'
  readonly people: Readonly<Record<string, PeopleSource>>
  readonly channels: Channels
  /** What a bypass can open, by the name that commands use. */
  readonly applications: Readonly<Record<string, Application>>
  /** Who may ask whether somebody is let in, by the name that their secret belongs to. */
  readonly checks: Readonly<Record<string, CheckClient>>
  readonly defaults: Defaults
  readonly fraud: FraudPolicy
  /** In order; the first that matches decides; nothing matched: refused. */
  readonly rules: readonly Rule[]
}

/** Where the members of a named set of people come from; read at the moment of use. */
export type PeopleSource =
  | { readonly directoryGroup: string }
  /** E-mail addresses, user principal names or object ids of the directory. */
  | { readonly named: readonly string[] }

/** Something behind a second factor that Hallpass checks. */
export type Application = {
  /** As people call it. */
  readonly name: string
  readonly form: Form
  /** From when its time is counted. */
  readonly clock: 'claim' | 'approval'
  /** Which name of a person its sign-in uses. */
  readonly userName: 'upn' | 'mail' | 'localpart'
  /** Whose local parts these are, for `localpart`: two domains may have the same ones. */
  readonly domain?: string
}

/** A RADIUS server or a portal: for which application it asks, and from which addresses or networks. */
type CheckClient = { readonly application: string; readonly from: readonly string[] }

/** Slack channel ids. */
export type Channels = { readonly approvals: string; readonly security: string }

/**
 * How a code reaches its person: in the window that *Show my code* opens, or once in a message, which rests in Slack.
 * Either way it is taken away after `visible` seconds.
 */
export type Delivery = { readonly how: 'reveal' | 'message'; readonly visible: number }

/** What holds where no rule says otherwise. */
export type Defaults = {
  readonly duration: number
  readonly answerWithin: number
  /** While a request waits, the approvers are pinged after `every`, then after `every` times `backoff`, and so on. */
  readonly ping: { readonly every: number; readonly backoff: number }
  readonly claimWithin: number
  readonly delivery: Delivery
  /** Least length of a reason, in characters. */
  readonly reason: { readonly atLeast: number }
  readonly ticket: { readonly pattern: string; readonly required: boolean }
  /** Reminders, counted from the end of the exception. */
  readonly followUp: { readonly remind: readonly number[] }
  /** How often the provider is asked whether the pass was used: from `first`, growing, up to `longest`. */
  readonly watch: { readonly first: number; readonly longest: number }
  readonly revokeSessionsOnRevoke: boolean
}

/** What is done when somebody reports fraud. */
type FraudPolicy = {
  /** What is done without approval besides ending exceptions and passes, by what whoever reports is to the person. */
  readonly atOnce: Readonly<Record<Reporter, readonly Step[]>>
  /** How many accounts of others one person's word blocks within an hour. */
  readonly blocksPerHour: number
  /** Somebody has to take a case within this; then security is told again. */
  readonly takeWithin: number
  /** A set of people whose accounts are never blocked without security. */
  readonly neverBlock?: string
  /** After how long security is told that a case is still open, and the account perhaps blocked; and again each time. */
  readonly blockedFor: number
  /** The channel that is told as well from the second time on that nobody has taken a case, and of cases that stay open. */
  readonly escalateTo?: string
  /** Where people reach security when it is urgent. */
  readonly phone?: string
  /** What people type at a check instead of a code, to report a sign-in that they did not start. */
  readonly code?: string
  /** The verify keys of people who can close a case without Slack, by e-mail address, user principal name or object id. */
  readonly keys?: Readonly<Record<string, string>>
}

export type Rule = { readonly name: string; readonly when: Conditions } & (
  { readonly refuse: string } | { readonly longest: number; readonly approve: ApprovalStep }
)

/** All that are given must hold. */
type Conditions = {
  readonly kind?: Kind
  readonly application?: string
  /** Name of a set of people that the requester must belong to. */
  readonly requester?: string
  readonly subject?: { readonly privileged: boolean }
}

/** `by` holds names of sets of people, or `manager` for the subject's manager. `within` in seconds. */
export type ApprovalStep = { readonly by: readonly string[]; readonly count: number; readonly within: number }

/** A policy with the hash of its content, which every exception pins. */
export type PinnedPolicy = { readonly hash: string; readonly policy: Policy }
