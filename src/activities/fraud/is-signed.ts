import { isCaseEnvelope } from '../../core/envelope/is-envelope.ts'
import { mayBePersonal } from '../../core/fraud/personal.ts'
import type { Ports } from '../ports.ts'

/** What signatures under words about a case are checked with. */
type Signatures = Pick<Ports, 'verifier' | 'personalKeys'> & {
  readonly policies: Pick<Ports['policies'], 'current'>
  readonly directory: Pick<Ports['directory'], 'membersOf'>
}

/**
 * Whether the bot signed just this or, where that may be, the actor with the key that the policy in force names for them.
 * Whose name stands there is read from the directory now. Rejects when that can't be told.
 */
export async function isSigned(ports: Signatures, word: unknown): Promise<boolean> {
  if (!isCaseEnvelope(word)) return false
  if (ports.verifier.verify(word)) return true
  if (!mayBePersonal(word.statement)) return false
  const name = ports.personalKeys.signerOf(ports.policies.current().policy.fraud.keys ?? {}, word)
  if (name === undefined) return false
  const [holder] = await ports.directory.membersOf({ named: [name] })
  return holder?.id === word.statement.actor.person
}
