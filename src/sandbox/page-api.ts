import type { KnownBlock, View } from '@slack/types'
import type { Kind } from '../core/kinds.ts'

/**
 * What the page of the embedded workspace and its server say to each other, all JSON, same origin.
 *
 * GET  /api/progress                 -> Progress          while the parts start; the page polls it
 * GET  /api/events?as=<slack user>   -> server-sent events: `workspace` (Workspace), `entra` (EntraView), `exceptions` (ExceptionCard[])
 * POST /api/as/<user>/command        CommandInput         what the person typed into the composer
 * POST /api/as/<user>/action         ActionInput          a button or select in a message or a view
 * POST /api/as/<user>/submit         SubmitInput          the submit button of a modal
 * POST /api/as/<user>/close          CloseInput           the modal's close button or Escape
 * POST /api/entra/sign-in            SignInInput          -> SignInAnswer
 * POST /api/entra/register           RegisterInput
 * POST /api/entra/report             ReportInput          a sign-in that the person did not start
 * POST /api/entra/pass-time          PassTimeInput
 * POST /api/vpn/sign-in              VpnInput             -> VpnAnswer
 *
 * POSTs answer Answer; 4xx only for calls that the page itself would never make.
 */
export type Progress = {
  readonly ready: boolean
  /** Changes when the sandbox begins anew: what a page remembers is then about another story. Empty while nobody knows. */
  readonly story: string
  readonly steps: readonly {
    readonly name: string
    readonly state: 'waiting' | 'running' | 'done' | 'failed'
    /** One sentence: what it does now, how far it is, or what to do about a failure. */
    readonly detail: string
  }[]
}

/** `notice` is what Slack itself would show, for example "/tap failed with the error \"operation_timeout\"". */
export type Answer = { readonly ok: boolean; readonly notice?: string }

export type Workspace = {
  readonly team: { readonly id: string; readonly name: string }
  readonly me: Member
  /** Every account of the workspace; a persona can be chosen on the page. */
  readonly members: readonly Member[]
  readonly conversations: readonly Conversation[]
  /** Open views of this person, lowest first; Slack allows three. */
  readonly modals: readonly View2[]
  readonly commands: readonly {
    readonly command: string
    readonly usage: string
    readonly description: string
  }[]
}

export type Member = {
  readonly id: string
  /** The handle without @, as typed in the composer. */
  readonly handle: string
  readonly name: string
  readonly title: string
  readonly persona: boolean
  readonly badge: 'bot' | 'guest' | 'deactivated' | 'external' | 'none'
  /** True when the newest message in a direct message of this person has a primary button: they are the next to act. */
  readonly turn: boolean
}

export type Conversation = {
  readonly id: string
  readonly kind: 'channel' | 'dm'
  /** `approvals`, or the name of the other person in a direct message. */
  readonly name: string
  readonly messages: readonly Message[]
}

export type Message = {
  readonly ts: string
  readonly user: string
  readonly text: string
  readonly blocks: readonly KnownBlock[]
  readonly edited: boolean
  /** Only visible to you; lost on reload, as in Slack. */
  readonly ephemeral: boolean
  /** When the message was posted whose thread this is in. */
  readonly thread?: string
}

/** A view as the person sees it: with the server's id and hash, and field errors of the last submission by block id. */
export type View2 = View & {
  readonly id: string
  readonly hash: string
  readonly errors: Readonly<Record<string, string>>
}

export type CommandInput = { readonly conversation: string; readonly text: string }

export type ActionInput = {
  readonly in:
    | { readonly kind: 'message'; readonly conversation: string; readonly ts: string }
    | { readonly kind: 'view'; readonly id: string }
  readonly blockId: string
  readonly actionId: string
  /** For selects and inputs: the value in the shape that Slack's `view.state.values` has for the element. */
  readonly state?: Readonly<Record<string, unknown>>
}

/** `values` has the shape of Slack's `view.state.values`: block id -> action id -> element state. */
export type SubmitInput = {
  readonly view: string
  readonly values: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>
}

export type CloseInput = { readonly view: string }

export type EntraView = {
  /** The directory's clock, which people may move, ISO 8601. */
  readonly now: string
  readonly users: readonly {
    readonly id: string
    readonly name: string
    readonly userPrincipalName: string
    readonly enabled: boolean
    /** What the directory's risk engine thinks of the account. */
    readonly risk: 'none' | 'atRisk' | 'confirmedCompromised' | 'dismissed'
    readonly methods: readonly { readonly id: string; readonly label: string; readonly createdAt: string }[]
    /** State of the Temporary Access Pass as Graph would report it, never the code. */
    readonly pass: { readonly usable: boolean; readonly reason: string; readonly until: string } | undefined
  }[]
}

export type SignInInput = { readonly user: string; readonly code: string }
export type SignInAnswer = { readonly ok: boolean; readonly says: string }
export type RegisterInput = { readonly user: string; readonly method: 'passkey' | 'authenticator' | 'phone' }
export type ReportInput = { readonly user: string }
export type PassTimeInput = { readonly minutes: number }

/** A sign-in to the VPN, whose password has passed. */
export type VpnInput = { readonly userName: string; readonly code: string }

/** `asked` says who decided. */
export type VpnAnswer = { readonly ok: boolean; readonly says: string; readonly asked: string }

export type ExceptionCard = {
  /** TAP-7F3K-Q2MD */
  readonly id: string
  readonly kind: Kind
  readonly subject: string
  readonly status: string
  /** The same as people say it. */
  readonly label: string
  /** Nothing was lost, so that the follow-up only asks whether the phone is back. */
  readonly phoneComesBack: boolean
  /** What goes on after it: nothing, or a follow-up that is about to begin, open, or closed. */
  readonly follow: 'none' | 'ahead' | 'open' | 'closed'
  /** Link to the workflow in Temporal's UI. */
  readonly history: string
  /** Likewise of the follow-up, where there is one. */
  readonly followUp?: string
  readonly facts: readonly { readonly at: string; readonly says: string }[]
}
