import { z } from 'zod'

const instant = z.iso.datetime()
const stamp = { id: z.string().min(1), createdDateTime: instant }

const method = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('password'), ...stamp }).readonly(),
  z.strictObject({ kind: z.literal('authenticator'), ...stamp, device: z.string() }).readonly(),
  z.strictObject({ kind: z.literal('passkey'), ...stamp, name: z.string() }).readonly(),
  z.strictObject({ kind: z.literal('phone'), ...stamp, number: z.string() }).readonly(),
  z.strictObject({ kind: z.literal('email'), ...stamp, address: z.string() }).readonly(),
])

const pass = z
  .strictObject({
    ...stamp,
    startDateTime: instant,
    lifetimeInMinutes: z.int().positive(),
    isUsableOnce: z.boolean(),
    used: z.boolean(),
    salt: z.base64(),
    hash: z.base64(),
  })
  .readonly()

const profile = z
  .strictObject({
    id: z.guid(),
    displayName: z.string(),
    givenName: z.string(),
    surname: z.string(),
    userPrincipalName: z.string(),
    mail: z.string(),
    userType: z.enum(['Member', 'Guest']),
    accountEnabled: z.boolean(),
    employeeId: z.string(),
    jobTitle: z.string(),
    businessPhones: z.array(z.string()).readonly(),
    mobilePhone: z.string().nullable(),
    officeLocation: z.string().nullable(),
    preferredLanguage: z.string().nullable(),
    creationType: z.string().nullable(),
    externalUserState: z.string().nullable(),
    createdDateTime: instant,
    signInSessionsValidFromDateTime: instant,
  })
  .readonly()

const riskShape = {
  state: z.enum(['none', 'atRisk', 'confirmedCompromised', 'dismissed']),
  detail: z.enum(['none', 'adminConfirmedUserCompromised', 'adminDismissedAllRiskForUser']),
}

const userRisk = z.strictObject({ ...riskShape, updatedDateTime: instant }).readonly()

const riskDetection = z
  .strictObject({
    ...riskShape,
    id: z.string().min(1),
    userId: z.guid(),
    riskEventType: z.enum(['userReportedSuspiciousActivity', 'adminConfirmedUserCompromised']),
    activityDateTime: instant,
    detectedDateTime: instant,
    lastUpdatedDateTime: instant,
  })
  .readonly()

const user = z
  .strictObject({
    profile,
    managerId: z.guid().nullable(),
    methods: z.array(method).readonly(),
    pass: pass.nullable(),
    sessions: z.array(z.strictObject({ id: z.guid(), startedAt: instant }).readonly()).readonly(),
    // States that were saved before there was any risk have none.
    risk: userRisk.nullable().default(null),
  })
  .readonly()

const group = z
  .strictObject({
    id: z.guid(),
    displayName: z.string(),
    description: z.string(),
    isAssignableToRole: z.boolean(),
    createdDateTime: instant,
    members: z.array(z.guid()).readonly(),
  })
  .readonly()

const role = z
  .strictObject({ templateId: z.guid(), displayName: z.string(), description: z.string() })
  .readonly()

const roleAssignment = z
  .strictObject({ id: z.string(), principalId: z.guid(), roleDefinitionId: z.guid() })
  .readonly()

const target = z.strictObject({ id: z.string(), targetType: z.enum(['user', 'group']) }).readonly()

/** The policy's properties as Graph names them; the same bounds hold for a saved policy and for a change to it. */
export const passPolicyShape = {
  state: z.enum(['enabled', 'disabled']),
  defaultLength: z.int().min(8).max(48),
  defaultLifetimeInMinutes: z.int().min(10).max(43_200),
  minimumLifetimeInMinutes: z.int().min(10).max(43_200),
  maximumLifetimeInMinutes: z.int().min(10).max(43_200),
  isUsableOnce: z.boolean(),
  includeTargets: z
    .array(target.unwrap().extend({ isRegistrationRequired: z.boolean() }).readonly())
    .readonly(),
  excludeTargets: z.array(target).readonly(),
}

/** A whole policy, whose lifetimes are in order. */
export const passPolicy = z
  .strictObject(passPolicyShape)
  .readonly()
  .refine(
    ({ minimumLifetimeInMinutes: least, defaultLifetimeInMinutes: usual, maximumLifetimeInMinutes: most }) =>
      least <= usual && usual <= most,
    { path: ['defaultLifetimeInMinutes'], message: 'must lie between the minimum and the maximum' },
  )

const directoryState = z
  .strictObject({
    version: z.literal(1),
    clockOffsetMs: z.int().min(0),
    users: z.array(user).readonly(),
    groups: z.array(group).readonly(),
    roles: z.array(role).readonly(),
    roleAssignments: z.array(roleAssignment).readonly(),
    riskDetections: z.array(riskDetection).readonly().default([]),
    passPolicy,
  })
  .readonly()

export type DirectoryState = z.infer<typeof directoryState>
export type DirectoryUser = z.infer<typeof user>
export type Profile = z.infer<typeof profile>
export type Group = z.infer<typeof group>
export type Method = z.infer<typeof method>
export type UserRisk = z.infer<typeof userRisk>
export type RiskDetection = z.infer<typeof riskDetection>
export type Pass = z.infer<typeof pass>
export type PassPolicy = z.infer<typeof passPolicy>
export type Session = DirectoryUser['sessions'][number]

/** Types what a store gave back; throws an error that lists every wrong path when it is not a directory's state. */
export function parseDirectoryState(saved: unknown): DirectoryState {
  const parsed = directoryState.safeParse(saved)
  if (parsed.success) return parsed.data
  throw new Error(`The saved state of the Entra stand-in is damaged:\n${z.prettifyError(parsed.error)}`)
}
