import type {
  AuthenticationMethodTarget,
  EmailAuthenticationMethod,
  ExcludeTarget,
  Fido2AuthenticationMethod,
  MicrosoftAuthenticatorAuthenticationMethod,
  PasswordAuthenticationMethod,
  PhoneAuthenticationMethod,
  TemporaryAccessPassAuthenticationMethodConfiguration,
} from '@microsoft/microsoft-graph-types'

import type { GraphAnswer, GraphCall, GraphRoute } from '../graph.ts'
import { badRequest } from '../graph-refusal.ts'
import { readPolicyChange } from '../request.schema.ts'
import type { Method } from '../state.schema.ts'
import { passEntity, requireMethodOwner } from './pass-routes.ts'

const READ_METHODS = ['UserAuthenticationMethod.Read.All', 'UserAuthenticationMethod.ReadWrite.All']
const WRITE_POLICY = ['Policy.ReadWrite.AuthenticationMethod']
const READ_POLICY = [...WRITE_POLICY, 'Policy.Read.AuthenticationMethod', 'Policy.Read.All']
const POLICY = '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass'
const POLICY_TYPE = '#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration'

const policy = { service: 'policy', path: POLICY } as const

/** What a user has registered, and the policy of passes. */
export const methodRoutes: readonly GraphRoute[] = [
  {
    service: 'authentication',
    method: 'GET',
    path: '/users/{key}/authentication/methods',
    permissions: READ_METHODS,
    takesBody: false,
    handle: listMethods,
  },
  { ...policy, method: 'GET', permissions: READ_POLICY, takesBody: false, handle: getPolicy },
  { ...policy, method: 'PATCH', permissions: WRITE_POLICY, takesBody: true, handle: changePolicy },
]

function listMethods(call: GraphCall): GraphAnswer {
  if (call.query.size > 0) throw badRequest('Query options are not supported on this collection.')
  const { profile, methods, pass } = requireMethodOwner(call)
  const { tenant, graphUrl } = call
  const passes = pass === null ? [] : [passEntity(pass, profile.id, tenant.state(), tenant.now())]
  const value = [
    ...methods.map(methodEntity),
    ...passes.map((entity) => ({
      '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethod',
      ...entity,
    })),
  ]
  const context = `${graphUrl}/$metadata#users('${encodeURIComponent(call.key)}')/authentication/methods`
  return { status: 200, body: { '@odata.context': context, value } }
}

// The package of types lags behind the service: passkeyType, and createdDateTime on every method.
function methodEntity(method: Method) {
  const { id, createdDateTime } = method
  switch (method.kind) {
    case 'password':
      return typed('password', { id, createdDateTime, password: null } satisfies PasswordAuthenticationMethod)
    case 'authenticator':
      return typed('microsoftAuthenticator', {
        id,
        createdDateTime,
        displayName: method.device,
        deviceTag: 'SoftwareTokenActivated',
        phoneAppVersion: '6.8.40',
      } satisfies MicrosoftAuthenticatorAuthenticationMethod)
    case 'passkey':
      return typed('fido2', {
        id,
        createdDateTime,
        displayName: method.name,
        aaGuid: 'd8522d9f-575b-4866-88a9-ba99fa02f35b',
        model: 'YubiKey Bio - FIDO Edition',
        attestationCertificates: [],
        attestationLevel: 'attested',
        passkeyType: 'deviceBound',
      } satisfies Fido2AuthenticationMethod & { readonly passkeyType: string })
    case 'phone':
      return typed('phone', {
        id,
        createdDateTime,
        phoneNumber: method.number,
        phoneType: 'mobile',
        smsSignInState: 'notAllowedByPolicy',
      } satisfies PhoneAuthenticationMethod & { readonly createdDateTime: string })
    case 'email':
      return typed('email', {
        id,
        createdDateTime,
        emailAddress: method.address,
      } satisfies EmailAuthenticationMethod & { readonly createdDateTime: string })
  }
}

const typed = (kind: string, entity: object) => ({
  '@odata.type': `#microsoft.graph.${kind}AuthenticationMethod`,
  ...entity,
})

function getPolicy({ tenant, graphUrl }: GraphCall): GraphAnswer {
  const { passPolicy } = tenant.state()
  const body = {
    '@odata.context': `${graphUrl}/$metadata#authenticationMethodConfigurations/$entity`,
    '@odata.type': POLICY_TYPE,
    ...({
      id: 'TemporaryAccessPass',
      ...passPolicy,
      includeTargets: passPolicy.includeTargets.map((target) => target satisfies AuthenticationMethodTarget),
      excludeTargets: passPolicy.excludeTargets.map((target) => target satisfies ExcludeTarget),
    } satisfies TemporaryAccessPassAuthenticationMethodConfiguration),
  }
  return { status: 200, body }
}

async function changePolicy({ tenant, body }: GraphCall): Promise<GraphAnswer> {
  const changed = readPolicyChange(body, tenant.state().passPolicy)
  if (!changed.ok) throw badRequest(`Invalid value specified for property '${changed.property}'.`)
  await tenant.change((state) => ({ ...state, passPolicy: changed.value }))
  return { status: 204 }
}
