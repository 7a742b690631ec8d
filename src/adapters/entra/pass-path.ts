import type { PersonId } from '../../core/ids.ts'
import { objectId } from './object-id.ts'

/** Where the tenant's policy for passes is. */
export const passPolicyPath =
  '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass'

/** Where the passes of a person are. */
export function passesPath(subject: PersonId): string {
  return `/users/${objectId(subject)}/authentication/temporaryAccessPassMethods`
}

/** Where one pass is. Throws a TypeError for an id that could lead elsewhere. */
export function passPath(subject: PersonId, credentialId: string): string {
  if (!/^[\w-]{1,64}$/.test(credentialId)) throw new TypeError('Not the id of a pass.')
  return `${passesPath(subject)}/${credentialId}`
}
