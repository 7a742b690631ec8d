import { randomUUID } from 'node:crypto'
import type { Question, Verdict } from '../../core/local/check.ts'
import type { SignalKeys } from './signal-keys.ts'
import type { Signal } from './local-rows.schema.ts'

/** A user reports one fraud at a time; milliseconds. */
const hour = 3_600_000

/**
 * What is left by the fraud code that was typed at a check: one row in an hour for a person, however often and wherever
 * it is typed. A person is known by what was issued to them; where nothing was, the name that was typed has to do.
 */
export function fraudCodeSignal(
  keys: SignalKeys,
  { client, application, at }: Question,
  userName: string,
  { by }: Verdict,
): Signal {
  const who = by === undefined ? { application, userName } : { subject: by.subject }
  const unsigned = {
    id: randomUUID(),
    source: 'fraud-code' as const,
    external_id: keys.nameOf('fraud-code', { ...who, hour: Math.floor(at / hour) }),
    subject: by?.subject ?? null,
    application,
    user_name: by === undefined ? userName : null,
    client,
    at,
  }
  return { ...unsigned, mac: keys.macOfSignal(unsigned) }
}
