import { Fault } from '../core/fault.ts'
import type { ChainedFact } from '../core/ledger/chained-fact.ts'
import { raiseAlarm } from './alarm.ts'
import type { Ports } from './ports.ts'

/** Appends to a chain. Two different facts at one place are never skipped: security hears of it. */
export async function append(ports: Ports, chain: string, facts: readonly ChainedFact[]): Promise<void> {
  try {
    await ports.ledger.append(chain, facts)
  } catch (error) {
    if (error instanceof Fault && error.code === 'conflict') await raiseAlarm(ports, chain, 'ledger-conflict')
    throw error
  }
}
