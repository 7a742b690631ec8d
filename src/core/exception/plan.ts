import type { PersonId } from '../ids.ts'
import type { ProviderFacts } from '../kinds.ts'
import type { Form } from '../local/check.ts'
import type { Channels, Delivery } from '../policy/policy.ts'

/** Somebody who may approve, and because of which word of the policy (`manager`, or the name of a set). */
type Asked = { readonly person: PersonId; readonly via: string }

/** What admission fixed for one exception; it does not change afterwards. Durations in seconds. */
export type Plan = {
  readonly rule: string
  readonly policyHash: string
  readonly asked: readonly Asked[]
  /** How many different people must approve. */
  readonly needed: number
  readonly answerWithin: number
  readonly ping: { readonly every: number; readonly backoff: number }
  readonly claimWithin: number
  /** Lifetime of the credential. */
  readonly duration: number
  /** What it opens, where that is not the account: as people call it, and whether a code is typed there. */
  readonly opens?: { readonly name: string; readonly form: Form | 'nothing' }
  /** What it gives more time to, for an extension: how, and when that ends by itself (epoch milliseconds). */
  readonly extends?: { readonly how: ProviderFacts['extend']; readonly endsAt: number }
  /** How the code reaches its person. */
  readonly how: Delivery['how']
  /** How long the code can be seen. */
  readonly visible: number
  readonly remind: readonly number[]
  readonly watch: { readonly first: number; readonly longest: number }
  /** How often the directory is looked at, where the provider is looked at more often. */
  readonly look?: { readonly first: number; readonly longest: number }
  readonly revokeSessions: boolean
  readonly channels: Channels
}
