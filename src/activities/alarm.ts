import type { AlarmFact } from '../core/ledger/chained-fact.ts'
import { alarmCard } from '../core/card/alarm.ts'
import type { Ports } from './ports.ts'

/** Records something that must not happen in a chain of its own, and tells security. Never rejects: the caller refuses anyway. */
export async function raiseAlarm(ports: Ports, about: string, what: AlarmFact['what']): Promise<void> {
  const alarm: AlarmFact = { type: 'alarm', at: ports.now(), about, what }
  ports.warn('alarm', { about, what })
  const card = alarmCard(alarm)
  const { security } = ports.policies.current().policy.channels
  await Promise.allSettled([
    ports.ledger.append(`alarm/${ports.uuid()}`, [{ seq: 1, salt: '', fact: alarm }]),
    ports.slack.post(security, card.text, card.blocks),
  ])
}
