import type { Policy } from '../core/policy/policy.ts'
import type { Client } from './client.ts'

/** The clients of the policy with their secrets. Throws where one has no secret, or a secret no client. */
export function clientsOf({ checks }: Policy, secrets: ReadonlyMap<string, string>): readonly Client[] {
  const names = new Set([...Object.keys(checks), ...secrets.keys()])
  return Array.from(names, (name) => {
    const [client, secret] = [checks[name], secrets.get(name)]
    if (client === undefined)
      throw new Error(`HALLPASS_CHECK_SECRETS names ${name}: the policy's checks do not.`)
    if (secret === undefined)
      throw new Error(`The policy's checks name ${name}: HALLPASS_CHECK_SECRETS has no secret for it.`)
    return { name, ...client, secret }
  })
}
