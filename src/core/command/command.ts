import type { Category } from '../envelope/statement.ts'

/**
 * Somebody named in a command: a Slack account that Slack itself linked, an e-mail address in small letters, or an
 * `@name` as typed that Slack did not link, and that therefore names nobody for certain.
 */
export type Who = { readonly slack: string } | { readonly mail: string } | { readonly handle: string }

/** What a status is asked about: an id as typed, or a person. */
type About = { readonly id: string } | { readonly who: Who }

/** Why a draft can't be sent as it is. Codes in the order of the form. */
export type DraftProblem =
  | 'no-subject'
  | 'two-subjects'
  | 'handle-not-linked'
  | 'no-application'
  | 'bad-duration'
  | 'two-durations'
  | 'no-reason'
  | 'reason-too-long'
  | 'no-category'

/** As much of a request as a command said; the form asks for the rest. `duration` in seconds. */
export type Draft = {
  readonly subject?: Who
  readonly duration?: number
  /** By its name in the policy. */
  readonly application?: string
  /** In capitals; whether the policy accepts it is checked elsewhere. */
  readonly ticket?: string
  readonly reason?: string
  /** A guess from the reason, good enough to fill in a form. */
  readonly category?: Category
  readonly problems: readonly DraftProblem[]
}

/** What somebody typed after the name of the command. */
export type Command =
  | { readonly verb: 'help' }
  | { readonly verb: 'system' }
  | { readonly verb: 'list'; readonly open: boolean }
  | { readonly verb: 'status'; readonly about: About }
  | { readonly verb: 'revoke'; readonly id: string; readonly reason: string }
  /** Of the draft only the time and the reason count: the rest is the exception's. */
  | { readonly verb: 'extend'; readonly id: string; readonly draft: Draft }
  | { readonly verb: 'request'; readonly draft: Draft }
