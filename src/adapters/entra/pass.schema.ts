import { z } from 'zod'
import type { Lease } from '../../core/exception/fact.ts'
import type { Credential, ProviderTerms } from '../../core/ports.ts'
import { Secret } from '../../core/secret.ts'
import type { PassPolicy } from '../../core/system/report.ts'

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))

const pass = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  createdDateTime: instant,
  startDateTime: instant,
  lifetimeInMinutes: z.number().int().positive(),
})

const listedPass = pass.extend({
  isUsable: z.boolean().nullish(),
  methodUsabilityReason: z.string().nullish(),
})

const mintedPass = pass.extend({
  // Passes have 8 to 48 characters (Graph, `defaultLength`).
  temporaryAccessPass: z
    .string()
    .min(8)
    .transform((code) => new Secret(code)),
  isUsableOnce: z.literal(true),
})

/** A pass as Graph lists it, without its code. */
export function readCredential(body: unknown): Credential | undefined {
  const found = listedPass.safeParse(body).data
  if (found === undefined) return undefined
  const state = stateOf(found.isUsable === true, found.methodUsabilityReason ?? '')
  return { ...leaseOf(found), createdAt: found.createdDateTime, state }
}

/** A pass just made, lifetime in minutes; its code is a secret from here on. Undefined when it works more than once. */
export function readMinted(
  body: unknown,
): { readonly lease: Lease; readonly lifetime: number; readonly code: Secret } | undefined {
  const found = mintedPass.safeParse(body).data
  return (
    found && { lease: leaseOf(found), lifetime: found.lifetimeInMinutes, code: found.temporaryAccessPass }
  )
}

const terms = z.object({
  state: z.enum(['enabled', 'disabled']),
  minimumLifetimeInMinutes: z.number().int().positive(),
  maximumLifetimeInMinutes: z.number().int().positive(),
})

/** The tenant's policy for passes. */
export function readTerms(body: unknown): ProviderTerms | undefined {
  const found = terms.safeParse(body).data
  return (
    found && {
      enabled: found.state === 'enabled',
      shortest: found.minimumLifetimeInMinutes * 60,
      longest: found.maximumLifetimeInMinutes * 60,
      step: 60,
    }
  )
}

const passPolicy = terms.extend({
  defaultLifetimeInMinutes: z.number().int().positive(),
  isUsableOnce: z.boolean(),
})

/** The same with what it says where nothing is asked for. */
export function readPassPolicy(body: unknown): PassPolicy | undefined {
  const found = passPolicy.safeParse(body).data
  return (
    found && {
      enabled: found.state === 'enabled',
      shortest: found.minimumLifetimeInMinutes * 60,
      usual: found.defaultLifetimeInMinutes * 60,
      longest: found.maximumLifetimeInMinutes * 60,
      once: found.isUsableOnce,
    }
  )
}

function leaseOf(found: z.output<typeof pass>): Lease {
  const startsAt = found.startDateTime
  return { credentialId: found.id, startsAt, expiresAt: startsAt + found.lifetimeInMinutes * 60_000 }
}

/** The reasons are an open list (Graph, `methodUsabilityReason`): what Graph calls usable is usable, whatever the reason. */
function stateOf(usable: boolean, reason: string): Credential['state'] {
  if (usable) return 'usable'
  if (reason === 'NotYetValid') return 'not-yet'
  if (reason === 'OneTimeUsed') return 'used'
  return reason === 'Expired' ? 'expired' : 'unusable'
}
