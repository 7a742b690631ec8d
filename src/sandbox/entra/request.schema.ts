import { z } from 'zod'

import { passPolicy, passPolicyShape } from './state.schema.ts'
import type { PassPolicy } from './state.schema.ts'

const int32 = z.int32()

const newPass = z.strictObject({
  '@odata.type': z.literal('#microsoft.graph.temporaryAccessPassAuthenticationMethod').optional(),
  startDateTime: z.iso.datetime({ offset: true }).nullish(),
  lifetimeInMinutes: int32.nullish(),
  isUsableOnce: z.boolean().nullish(),
})

const policyChange = z.strictObject({
  ...z.object(passPolicyShape).partial().shape,
  '@odata.type': z.literal('#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration'),
  id: z.literal('TemporaryAccessPass').optional(),
})

// ID Protection takes up to 60 users in one call.
const riskAction = z.strictObject({ userIds: z.array(z.guid()).min(1).max(60).readonly() })

const userChange = z.strictObject({ accountEnabled: z.boolean() })

const tokenForm = z.object({
  grant_type: z.string(),
  client_id: z.string(),
  scope: z.string(),
  client_secret: z.string().optional(),
  client_assertion: z.string().optional(),
  client_assertion_type: z.string().optional(),
})

const tokenRoles = z.object({ roles: z.array(z.string()).readonly() })

export type NewPass = z.infer<typeof newPass>
export type UserChange = z.infer<typeof userChange>
export type RiskAction = z.infer<typeof riskAction>
export type TokenForm = z.infer<typeof tokenForm>

/** Either the typed body or the name of the first property that is wrong, and whether it is a property at all. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly property: string; readonly known: boolean }

/** Reads the body of a request for a new pass. */
export const readNewPass = (body: unknown): Read<NewPass> => read(newPass, body)

/** Reads a change of the pass policy and gives the policy after it; Graph insists on its `@odata.type`. */
export function readPolicyChange(body: unknown, current: PassPolicy): Read<PassPolicy> {
  const change = read(policyChange, body)
  if (!change.ok) return change
  const { '@odata.type': _type, id: _id, ...changed } = change.value
  return read(passPolicy, { ...current, ...changed })
}

/** Reads a change of a user: only switching the account on or off is supported. */
export const readUserChange = (body: unknown): Read<UserChange> => read(userChange, body)

/** Reads whom a decision about risk is about. */
export const readRiskAction = (body: unknown): Read<RiskAction> => read(riskAction, body)

/** Reads the form of a token request. */
export const readTokenForm = (form: unknown): Read<TokenForm> => read(tokenForm, form)

/** The application permissions that a verified token carries; throws when it carries none. */
export const parseTokenRoles = (claims: unknown): readonly string[] => tokenRoles.parse(claims).roles

function read<T>(schema: z.ZodType<T>, body: unknown): Read<T> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return { ok: true, value: parsed.data }
  const [issue] = parsed.error.issues
  if (issue?.code === 'unrecognized_keys') return { ok: false, property: issue.keys[0] ?? '', known: false }
  return { ok: false, property: issue?.path.map(String).join('.') ?? '', known: true }
}
