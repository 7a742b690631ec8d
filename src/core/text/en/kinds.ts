import type { Request } from '../../exception/state.ts'
import { isPractice, kinds, type Kind, type ProviderName } from '../../kinds.ts'
import { say, type Markup } from '../markup.ts'

/** What a kind of exception is called, and what its command can do. */
type KindWords = {
  /** After `a` and `the`. */
  readonly noun: string
  /** What stands before it for somebody who never heard of it. */
  readonly manner: string
  /** Titles of windows; Slack allows 24 characters. */
  readonly titles: Readonly<Record<'request' | 'approve' | 'deny' | 'revoke' | 'extend', string>>
  readonly help: {
    readonly title: string
    readonly intro: Markup
    /** How a request reads after the command; `application` is one that the policy names. */
    readonly request: (application: string) => string
    /** A time that adds something to what was asked for so. */
    readonly more: string
  }
  /** What every message says of it beside its id. */
  readonly mark?: Markup
}

/** Everything that is called differently, by kind. */
export const kindWords: Readonly<Record<Kind, KindWords>> = {
  tap: {
    noun: 'pass',
    manner: 'temporary',
    titles: {
      request: 'A temporary pass',
      approve: 'Approve a pass',
      deny: 'Deny a pass',
      revoke: 'Revoke a pass',
      extend: 'More time for a pass',
    },
    help: {
      title: 'Temporary passes',
      intro: say`A pass lets somebody who lost their second factor sign in once. You ask, a second person approves, the person sees the code once, and it ends by itself.`,
      request: () => '@person 1h INC123 lost the phone',
      more: '2h',
    },
  },
  bypass: {
    noun: 'bypass',
    manner: 'one-time',
    titles: {
      request: 'A one-time bypass',
      approve: 'Approve a bypass',
      deny: 'Deny a bypass',
      revoke: 'Revoke a bypass',
      extend: 'More time for a bypass',
    },
    help: {
      title: 'One-time bypasses',
      intro: say`A bypass lets somebody past the second factor of one application, once. You ask, a second person approves, the person opens it, and it ends by itself.`,
      request: (application) => `@person 300s for ${application} INC123 phone at home`,
      more: '10m',
    },
  },
  drill: {
    noun: 'drill pass',
    manner: 'worthless',
    titles: {
      request: 'A drill',
      approve: 'Drill: approve',
      deny: 'Drill: deny',
      revoke: 'Drill: revoke',
      extend: 'Drill: more time',
    },
    help: {
      title: 'Drills',
      intro: say`A drill is the whole way of a pass with a code that opens nothing: you ask, a second person approves, the person sees the code once, and it ends by itself.`,
      request: () => '@person 5m we practise with a lost phone',
      more: '10m',
    },
    mark: say`This is a drill: the code opens nothing.`,
  },
}

/** The providers, as a sentence begins with them. */
export const providerNames: Readonly<Record<ProviderName, string>> = {
  entra: 'Microsoft Entra',
  local: 'Hallpass',
  drill: 'Hallpass',
}

/** Where somebody can remove what was issued without Hallpass knowing. */
export const providerPlaces: Readonly<Record<ProviderName, string>> = {
  entra: 'in Microsoft Entra',
  local: 'in Hallpass’s database',
  drill: 'in Hallpass’s database',
}

/** What is said only of what opens something: nobody is locked out in a drill, and nobody is in danger. */
export function unlessPractice(kind: Kind, says: Markup): Markup | undefined {
  return isPractice(kind) ? undefined : says
}

/** What the id of such an exception looks like. */
export function sampleId(kind: Kind): string {
  return `${kinds[kind].prefix}-7F3K-Q2MD`
}

/** An exception as far as its name goes; `plan` says what it opens, once it is known. */
export type Named = {
  readonly request: Pick<Request, 'kind' | 'extends'>
  readonly plan?: { readonly opens?: { readonly name: string } } | undefined
}

/** `pass`, or `VPN bypass`, or `longer pass`. */
export function nounOf(named: Named): string {
  return `${longer(named)}${baseNounOf(named)}`
}

/** `a pass`, or `an SAP bypass`. */
export function aNounOf(named: Named): string {
  const noun = nounOf(named)
  return `${article(noun)} ${noun}`
}

/** The same at the beginning of a sentence. */
export function capitalNounOf(named: Named): string {
  const words = aNounOf(named)
  return `A${words.slice(1)}`
}

/** The same without regard to whether it extends another one. */
export function baseNounOf(named: Named): string {
  return `${opened(named)}${kindWords[named.request.kind].noun}`
}

/** For an end before there was anything. */
export function noneMade({ request }: Named): Markup {
  return request.extends === undefined
    ? say`No ${kindWords[request.kind].noun} was made.`
    : say`No time was added.`
}

/** `temporary pass`, or `one-time VPN bypass`, or `longer temporary pass`. */
export function fullNounOf(named: Named): string {
  return `${longer(named)}${kindWords[named.request.kind].manner} ${baseNounOf(named)}`
}

function longer({ request }: Named): string {
  return request.extends === undefined ? '' : 'longer '
}

/** Before the noun, where every name reads well: “VPN”, “Payroll portal”, “Citrix”. */
function opened({ plan }: Named): string {
  return plan?.opens === undefined || plan.opens.name === '' ? '' : `${plan.opens.name} `
}

/** By how it begins: a word in capitals is spelled out. */
function article(words: string): 'a' | 'an' {
  const isSpelled = /^[A-Z]{2,}\b/.test(words)
  return (isSpelled ? /^[AEFHILMNORSX]/ : /^[aeio]/i).test(words) ? 'an' : 'a'
}
