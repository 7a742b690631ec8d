import type { Credential, Intent } from '../ports.ts'

/** The clocks of provider and worker may differ by this much, in milliseconds. */
const clockSkew = 60_000

/** The provider may still act on a call for this long after the attempt's deadline, in milliseconds. */
export const lateEffect = 60_000

/** A credential that can be used now or later. */
export function isAlive(credential: Credential): boolean {
  return credential.state === 'usable' || credential.state === 'not-yet'
}

/**
 * An intent proves a credential its own when it was not there before the attempt and was created while the attempt could
 * have an effect: one that was made later, by hand or by another exception, is not touched.
 */
export function provesOwn(intents: readonly Intent[], credential: Credential): boolean {
  return intents.some(
    (intent) =>
      !intent.before.includes(credential.credentialId) &&
      credential.createdAt >= intent.at - clockSkew &&
      credential.createdAt <= intent.deadline + lateEffect + clockSkew,
  )
}
