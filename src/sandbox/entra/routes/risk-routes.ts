import type { RiskDetection as GraphRiskDetection, RiskyUser } from '@microsoft/microsoft-graph-types'

import type { GraphAnswer, GraphCall, GraphRoute } from '../graph.ts'
import { GraphRefusal, badRequest } from '../graph-refusal.ts'
import { filterEntities, pageOf, selectProperties } from '../odata.ts'
import { readRiskAction } from '../request.schema.ts'
import { confirmCompromised, dismissRisk } from '../risk.ts'
import type { DirectoryUser, RiskDetection, UserRisk } from '../state.schema.ts'
import { findUser } from '../tenant.ts'

const WRITE_USERS = ['IdentityRiskyUser.ReadWrite.All']
const READ_USERS = [...WRITE_USERS, 'IdentityRiskyUser.Read.All']
const READ_DETECTIONS = ['IdentityRiskEvent.Read.All']
const USERS = '/identityProtection/riskyUsers'

const risk = { service: 'risk', takesBody: false } as const

/** ID Protection: who is at risk and why, and what somebody decided about it. It takes administrators like anybody. */
export const riskRoutes: readonly GraphRoute[] = [
  {
    ...risk,
    method: 'GET',
    path: '/identityProtection/riskDetections',
    permissions: READ_DETECTIONS,
    handle: listDetections,
  },
  { ...risk, method: 'GET', path: `${USERS}/{key}`, permissions: READ_USERS, handle: getRiskyUser },
  {
    ...risk,
    method: 'POST',
    path: `${USERS}/confirmCompromised`,
    permissions: WRITE_USERS,
    takesBody: true,
    handle: confirm,
  },
  {
    ...risk,
    method: 'POST',
    path: `${USERS}/dismiss`,
    permissions: WRITE_USERS,
    takesBody: true,
    handle: dismiss,
  },
]

const notFound = () => new GraphRefusal(404, 'NotFound', 'The requested resource was not found.')

const levelOf = (state: UserRisk['state']) => (state === 'dismissed' || state === 'none' ? 'none' : 'high')

// A report comes from the user, not out of one of the sign-ins that the service knows.
function detectionEntity(detection: RiskDetection, user: DirectoryUser) {
  const { state, detail, ...stamped } = detection
  return {
    ...stamped,
    requestId: null,
    correlationId: null,
    riskState: state,
    riskLevel: levelOf(state),
    riskDetail: detail,
    source:
      detection.riskEventType === 'userReportedSuspiciousActivity' ? 'EndUserReported' : 'activeDirectory',
    detectionTimingType: 'offline',
    activity: 'user',
    tokenIssuerType: 'AzureAD',
    ipAddress: null,
    location: null,
    userDisplayName: user.profile.displayName,
    userPrincipalName: user.profile.userPrincipalName,
    additionalInfo: null,
  } satisfies GraphRiskDetection
}

type Entity = ReturnType<typeof detectionEntity>

const PROPERTIES = [
  'id',
  'requestId',
  'correlationId',
  'riskEventType',
  'riskState',
  'riskLevel',
  'riskDetail',
  'source',
  'detectionTimingType',
  'activity',
  'tokenIssuerType',
  'ipAddress',
  'location',
  'activityDateTime',
  'detectedDateTime',
  'lastUpdatedDateTime',
  'userId',
  'userDisplayName',
  'userPrincipalName',
  'additionalInfo',
] as const satisfies readonly (keyof Entity)[]

function listDetections({ tenant, graphUrl, address, query }: GraphCall): GraphAnswer {
  const keep = filterEntities<Entity>(query, 'riskDetection', {
    texts: ['riskEventType', 'riskState', 'userId'],
    instants: ['detectedDateTime'],
  })
  const { riskDetections } = tenant.state()
  // Newest first: whoever wants another order has to make it.
  const found = riskDetections.toReversed().flatMap((detection) => {
    const user = findUser(tenant.state(), detection.userId)
    return user === undefined ? [] : [detectionEntity(detection, user)]
  })
  const select = selectProperties<Entity>(query, 'riskDetection', PROPERTIES, PROPERTIES)
  const context = `${graphUrl}/$metadata#identityProtection/riskDetections`
  return {
    status: 200,
    body: pageOf(found.filter(keep).map(select), { address, query, context, most: 500 }),
  }
}

function getRiskyUser({ tenant, graphUrl, key }: GraphCall): GraphAnswer {
  const user = tenant.state().users.find(({ profile }) => profile.id === key.toLowerCase())
  // Who never was at risk is not known here.
  if (user === undefined || user.risk === null) throw notFound()
  const { profile } = user
  const entity = {
    id: profile.id,
    isDeleted: false,
    isProcessing: false,
    riskLastUpdatedDateTime: user.risk.updatedDateTime,
    riskLevel: levelOf(user.risk.state),
    riskState: user.risk.state,
    riskDetail: user.risk.detail,
    userDisplayName: profile.displayName,
    userPrincipalName: profile.userPrincipalName,
  } satisfies RiskyUser
  const context = `${graphUrl}/$metadata#identityProtection/riskyUsers/$entity`
  return { status: 200, body: { '@odata.context': context, ...entity } }
}

async function confirm(call: GraphCall): Promise<GraphAnswer> {
  const { tenant } = call
  await tenant.change(confirmCompromised(usersOf(call), tenant.now()))
  return { status: 204 }
}

// Stricter than the service may be: nothing is dismissed of somebody who never was at risk.
async function dismiss(call: GraphCall): Promise<GraphAnswer> {
  const { tenant } = call
  const users = usersOf(call)
  if (users.some((user) => user.risk === null)) throw notFound()
  await tenant.change(dismissRisk(users, tenant.now()))
  return { status: 204 }
}

function usersOf({ tenant, body }: GraphCall): readonly DirectoryUser[] {
  const action = readRiskAction(body)
  if (!action.ok) throw badRequest(`Invalid value specified for property '${action.property}'.`)
  const wanted = new Set(action.value.userIds.map((id) => id.toLowerCase()))
  const users = tenant.state().users.filter(({ profile }) => wanted.has(profile.id))
  if (users.length < wanted.size) throw notFound()
  return users
}
