import { userNameKey } from '../core/local/user-name.ts'
import type { Client } from './client.ts'
import type { VerifyPorts } from './ports.ts'
import type { Asked } from './questions.schema.ts'

/**
 * Whether this sign-in may go on. The fact is durable before the answer: what can't be written down lets nobody in.
 * Rejects when the database does not answer.
 */
export async function mayGoOn(
  ports: VerifyPorts,
  { name: client, application }: Client,
  address: string,
  asked: Asked,
): Promise<boolean> {
  const { perClient, perUser } = ports.limits
  const at = ports.now()
  const isTooMany = !(perClient(client, at) && perUser(`${client}/${userNameKey(asked.userName)}`, at))
  const verdict = await ports.check({ client, application, address, at, isTooMany, ...asked })
  return verdict.is === 'let-in'
}
