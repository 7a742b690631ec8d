import type { Service } from './fault.ts'
import type { ProviderTerms } from './ports.ts'

/** The kinds that a policy has rules for. */
export const ruledKinds = ['tap', 'bypass'] as const

export type RuledKind = (typeof ruledKinds)[number]

export const allKinds = [...ruledKinds, 'drill'] as const

/** What kind of exception. */
export type Kind = (typeof allKinds)[number]

export const allProviders = ['entra', 'local', 'drill'] as const

/** The system that issues the credential. */
export type ProviderName = (typeof allProviders)[number]

const minute = 60
const hour = 60 * minute

/** What is true of a kind of exception. Whatever differs between kinds stands here, and nowhere else as a condition. */
type KindFacts = {
  readonly provider: ProviderName
  /** The word before the id that people see. */
  readonly prefix: string
  /** What it lets somebody into: their account, one application that the policy names, or nothing, for practice. */
  readonly opens: 'account' | 'application' | 'nothing'
  /** By whose rules of the policy it goes. */
  readonly ruledAs: RuledKind
  /** Where it has no command of its own: the word after the command of another kind. */
  readonly said?: { readonly after: Kind; readonly word: string }
  /** The times that the form offers, where provider and policy accept them; seconds. */
  readonly durations: readonly number[]
}

export const kinds: Readonly<Record<Kind, KindFacts>> = {
  tap: {
    provider: 'entra',
    prefix: 'TAP',
    opens: 'account',
    ruledAs: 'tap',
    durations: [15 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 8 * hour],
  },
  bypass: {
    provider: 'local',
    prefix: 'BYP',
    opens: 'application',
    ruledAs: 'bypass',
    durations: [minute, 2 * minute, 5 * minute, 10 * minute],
  },
  drill: {
    provider: 'drill',
    prefix: 'DRILL',
    opens: 'nothing',
    ruledAs: 'tap',
    said: { after: 'tap', word: 'drill' },
    durations: [minute, 2 * minute, 5 * minute, 10 * minute],
  },
}

/** Whether it opens nothing: nobody is locked out then, and nobody is in danger. */
export function isPractice(kind: Kind): boolean {
  return kinds[kind].opens === 'nothing'
}

/** Whether all that a provider issues opens nothing. */
export function issuesPractice(provider: ProviderName): boolean {
  return allKinds.every((kind) => kinds[kind].provider !== provider || isPractice(kind))
}

/** What somebody means who typed this after the command of a kind: that kind, or the one whose word comes first. */
export function kindSaid(command: Kind, text: string): { readonly kind: Kind; readonly text: string } {
  const [first = '', ...rest] = text.trim().split(/\s+/)
  const meant = allKinds.find((kind) => {
    const { said } = kinds[kind]
    return said?.after === command && said.word === first.toLowerCase()
  })
  return meant === undefined ? { kind: command, text } : { kind: meant, text: rest.join(' ') }
}

/** The kind for practice that words which ask for something real name, as people read them: it makes people careless. */
export function practiceNamed(asked: Kind, words: string): Kind | undefined {
  if (isPractice(asked)) return undefined
  // Nobody minds that letters are wider or bolder.
  const plain = words.normalize('NFKC').toLowerCase()
  const named = new Set(plain.split(/[^\p{L}\p{N}]+/u))
  return allKinds.find((kind) => isPractice(kind) && named.has(kinds[kind].said?.word ?? ''))
}

/** For answers that can't know of which kind the question was. */
export const usualKind: Kind = 'tap'

/** What is true of a provider. */
export type ProviderFacts = {
  /** Where it is: what did not answer when a call to it failed. */
  readonly service: Service
  /** Its calls have a budget that all workers share. */
  readonly metered: boolean
  /** What was just made may not be found for so long, milliseconds. */
  readonly replicates: number
  /** Whether ending a session there means signing the person out of the directory. */
  readonly signsOut: boolean
  /** How a credential that is out gets more time: it lives longer itself, or another one takes its place. */
  readonly extend: 'in-place' | 'replace'
  /** What the form offers when the provider does not say in time what it accepts; admission asks again. Seconds. */
  readonly usualTerms: Omit<ProviderTerms, 'enabled'>
  /** How often to look whether it was used, where that costs nobody anything; seconds. Otherwise the policy says. */
  readonly watch?: { readonly first: number; readonly longest: number }
}

/** What Hallpass checks itself can be as short as a sign-in takes. */
const ownTerms = { shortest: 10, longest: 24 * hour, step: 1 }

export const providers: Readonly<Record<ProviderName, ProviderFacts>> = {
  entra: {
    service: 'graph',
    metered: true,
    replicates: 180_000,
    signsOut: true,
    extend: 'replace',
    usualTerms: { shortest: hour, longest: 8 * hour, step: minute },
  },
  local: {
    service: 'postgres',
    metered: false,
    replicates: 0,
    signsOut: false,
    extend: 'in-place',
    usualTerms: ownTerms,
    watch: { first: 1, longest: 5 },
  },
  // Codes that are made and kept like those of a bypass, and that nothing asks for.
  drill: {
    service: 'postgres',
    metered: false,
    replicates: 0,
    signsOut: false,
    extend: 'in-place',
    usualTerms: ownTerms,
    watch: { first: 1, longest: 5 },
  },
}
