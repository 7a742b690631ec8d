import type { Prolonged } from '../core/exception/extension.ts'
import { mayProlong } from '../core/exception/may-mint.ts'
import type { Lease } from '../core/exception/fact.ts'
import type { ProviderIssuer } from '../core/ports.ts'
import type { Refusal } from '../core/refusal.ts'
import { no, type Result } from '../core/result.ts'
import { alarmIfForged, readDecision, type Decision, type ReadDecision } from './decision.ts'
import type { Ports } from './ports.ts'
import { isStopped } from './stopped.ts'

/**
 * Gives a credential that is out more time. Verifies every statement and judges again by the rule, as the mint does. Twice
 * is once, for the time counts from the approval. Rejects when somebody does not answer.
 */
export async function prolong(ports: Ports, decision: Decision): Promise<Prolonged> {
  const read = await readDecision(ports, decision)
  if (!read.ok) return refused(read.reason)
  const until = await alarmIfForged(ports, read.value, mayProlong(read.value, ports.now()))
  if (!until.ok) return refused(until.reason)
  await ports.ledger.writable()
  if (await isStopped(ports, decision.request.statement)) return refused({ code: 'extend-none' })

  const { provider } = decision.request.statement.body
  const extended = await extend(ports.providers[provider].issuer, read.value, until.value)
  return extended.ok ? { is: 'extended', lease: extended.value } : refused(extended.reason)
}

async function extend(
  issuer: ProviderIssuer,
  { extendable: [credential], statement }: ReadDecision,
  until: number,
): Promise<Result<Lease, Refusal>> {
  if (issuer.extend === undefined || credential === undefined) return no({ code: 'extend-none' })
  const extended = await issuer.extend(statement.body.subject, credential.credentialId, until)
  return extended.ok ? extended : no({ code: extended.reason === 'used' ? 'extend-used' : 'extend-none' })
}

function refused(refusal: Refusal): Prolonged {
  return { is: 'refused', refusal }
}
