/** What kind of exception. */
export type Kind = 'tap' | 'bypass'

/** The system that issues the credential. */
export type ProviderName = 'entra' | 'local'

/** What is true of a kind of exception. Whatever differs between kinds stands here, and nowhere else as a condition. */
type KindFacts = {
  readonly provider: ProviderName
  /** The word before the id that people see. */
  readonly prefix: string
  /** What it lets somebody into: their account, or one application that the policy names. */
  readonly opens: 'account' | 'application'
}

export const kinds: Readonly<Record<Kind, KindFacts>> = {
  tap: { provider: 'entra', prefix: 'TAP', opens: 'account' },
  bypass: { provider: 'local', prefix: 'BYP', opens: 'application' },
}

export const allKinds: readonly Kind[] = ['tap', 'bypass']

/** For answers that can't know of which kind the question was. */
export const usualKind: Kind = 'tap'

/** What is true of a provider. */
export type ProviderFacts = {
  /** Its calls have a budget that all workers share. */
  readonly metered: boolean
  /** What was just made may not be found for so long, milliseconds. */
  readonly replicates: number
  /** Whether ending a session there means signing the person out of the directory. */
  readonly signsOut: boolean
  /** How a credential that is out gets more time: it lives longer itself, or another one takes its place. */
  readonly extend: 'in-place' | 'replace'
  /** How often to look whether it was used, where that costs nobody anything; seconds. Otherwise the policy says. */
  readonly watch?: { readonly first: number; readonly longest: number }
}

export const providers: Readonly<Record<ProviderName, ProviderFacts>> = {
  entra: { metered: true, replicates: 180_000, signsOut: true, extend: 'replace' },
  local: {
    metered: false,
    replicates: 0,
    signsOut: false,
    extend: 'in-place',
    watch: { first: 1, longest: 5 },
  },
}
