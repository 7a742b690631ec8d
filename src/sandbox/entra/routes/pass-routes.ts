import { randomUUID } from 'node:crypto'

import type { TemporaryAccessPassAuthenticationMethod } from '@microsoft/microsoft-graph-types'

import type { GraphAnswer, GraphCall, GraphRoute } from '../graph.ts'
import { methodNotFound, methodRefused } from '../graph-refusal.ts'
import { creationTime, hashCode, mayHavePass, usabilityOf } from '../pass.ts'
import { readNewPass } from '../request.schema.ts'
import type { NewPass } from '../request.schema.ts'
import type { DirectoryState, DirectoryUser, Pass } from '../state.schema.ts'
import { findUser } from '../tenant.ts'

const WRITE = ['UserAuthMethod-TAP.ReadWrite.All', 'UserAuthenticationMethod.ReadWrite.All']
const READ = [...WRITE, 'UserAuthMethod-TAP.Read.All', 'UserAuthenticationMethod.Read.All']
const ALL = '/users/{key}/authentication/temporaryAccessPassMethods'
const ONE = `${ALL}/{item}`

/** What making a pass needs from outside: a code of the given length, and whom to tell that one was made. */
export type Mint = { readonly newCode: (length: number) => string; readonly minted: () => void }

/** Temporary Access Passes: one per user, its code told once. */
export function passRoutes(mint: Mint): readonly GraphRoute[] {
  const passes = { service: 'authentication', takesBody: false } as const
  return [
    {
      ...passes,
      method: 'POST',
      path: ALL,
      permissions: WRITE,
      takesBody: true,
      handle: (call) => createPass(call, mint),
    },
    { ...passes, method: 'GET', path: ALL, permissions: READ, handle: listPasses },
    { ...passes, method: 'GET', path: ONE, permissions: READ, handle: getPass },
    { ...passes, method: 'DELETE', path: ONE, permissions: WRITE, handle: deletePass },
  ]
}

/** The user of a path of the authentication method service, or its 404. */
export function requireMethodOwner(call: GraphCall): DirectoryUser {
  const user = findUser(call.tenant.state(), call.key)
  if (user === undefined) throw methodNotFound()
  return user
}

/** A pass as Graph reports it: without its code. */
export function passEntity(pass: Pass, userId: string, state: DirectoryState, now: number) {
  const reason = usabilityOf(pass, userId, state, now)
  return {
    id: pass.id,
    temporaryAccessPass: null,
    createdDateTime: pass.createdDateTime,
    startDateTime: pass.startDateTime,
    lifetimeInMinutes: pass.lifetimeInMinutes,
    isUsableOnce: pass.isUsableOnce,
    isUsable: reason === 'EnabledByPolicy',
    methodUsabilityReason: reason,
  } satisfies TemporaryAccessPassAuthenticationMethod
}

async function createPass(call: GraphCall, mint: Mint): Promise<GraphAnswer> {
  const { tenant } = call
  const { profile } = requireMethodOwner(call)
  const request = readNewPass(call.body)
  if (!request.ok) throw methodRefused(unreadable(request))
  refuseUnlessAllowed(tenant.state(), profile)
  const terms = termsOf(request.value, tenant.state(), tenant.now())
  const code = mint.newCode(tenant.state().passPolicy.defaultLength)
  const created = creationTime(tenant.now())
  const pass = {
    id: randomUUID(),
    createdDateTime: created,
    ...terms,
    used: false,
    ...(await hashCode(code)),
  }
  // An earlier pass of the user ends here: there is never more than one.
  mint.minted()
  await tenant.changeUser(profile.id, (user) => ({ ...user, pass }))
  const entity = passEntity(pass, profile.id, tenant.state(), tenant.now())
  return { status: 201, body: { ...contextOf(call, '/$entity'), ...entity, temporaryAccessPass: code } }
}

function refuseUnlessAllowed(state: DirectoryState, profile: DirectoryUser['profile']): void {
  if (profile.userType === 'Guest') {
    throw methodRefused('Temporary Access Pass cannot be added to an external guest user.')
  }
  if (!mayHavePass(state, profile.id)) {
    throw methodRefused(
      'Converged UserCredentialPolicy does not allow creating or updating this authentication method. ' +
        'AuthMethodType [TemporaryAccessPass].',
    )
  }
}

function termsOf(request: NewPass, { passPolicy }: DirectoryState, now: number) {
  const { minimumLifetimeInMinutes: least, maximumLifetimeInMinutes: most } = passPolicy
  const lifetimeInMinutes = request.lifetimeInMinutes ?? passPolicy.defaultLifetimeInMinutes
  if (lifetimeInMinutes < least || lifetimeInMinutes > most) {
    throw methodRefused(`Invalid LifetimeInMinutes specified. The valid range between ${least} and ${most}.`)
  }
  const start = request.startDateTime == null ? now : Date.parse(request.startDateTime)
  return {
    lifetimeInMinutes,
    // Whole seconds: start and creation differ in their digits, as they do in the directory.
    startDateTime: `${new Date(start).toISOString().slice(0, 19)}Z`,
    // A policy of one-time passes makes every pass one-time, whatever was asked.
    isUsableOnce: passPolicy.isUsableOnce || (request.isUsableOnce ?? false),
  }
}

function unreadable({ property, known }: { readonly property: string; readonly known: boolean }): string {
  const type = 'microsoft.graph.temporaryAccessPassAuthenticationMethod'
  if (known) return `Invalid value specified for property '${property}' of resource '${type}'.`
  return `The property '${property}' does not exist on type '${type}'. Make sure to only use property names that are defined by the type.`
}

function listPasses(call: GraphCall): GraphAnswer {
  const { profile, pass } = requireMethodOwner(call)
  const { tenant } = call
  const value = pass === null ? [] : [passEntity(pass, profile.id, tenant.state(), tenant.now())]
  return { status: 200, body: { ...contextOf(call, ''), value } }
}

function getPass(call: GraphCall): GraphAnswer {
  const { profile } = requireMethodOwner(call)
  const entity = passEntity(requirePass(call), profile.id, call.tenant.state(), call.tenant.now())
  return { status: 200, body: { ...contextOf(call, '/$entity'), ...entity } }
}

async function deletePass(call: GraphCall): Promise<GraphAnswer> {
  const { profile } = requireMethodOwner(call)
  requirePass(call)
  await call.tenant.changeUser(profile.id, (user) => ({ ...user, pass: null }))
  return { status: 204 }
}

function requirePass(call: GraphCall): Pass {
  const { pass } = requireMethodOwner(call)
  if (pass === null || pass.id !== call.item) throw methodNotFound()
  return pass
}

const contextOf = ({ graphUrl, key }: GraphCall, suffix: string) => ({
  '@odata.context': `${graphUrl}/$metadata#users('${encodeURIComponent(key)}')/authentication/temporaryAccessPassMethods${suffix}`,
})
