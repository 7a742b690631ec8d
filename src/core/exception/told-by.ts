import type { Fact, FactOf } from './fact.ts'
import type { Last } from './state.ts'

const telling = ['refused', 'denied', 'used', 'vanished', 'voided', 'revoked', 'not-extended'] as const

/** A fact that says why an exception ends. */
export type Telling = FactOf<(typeof telling)[number]>

/** Whether a fact says why an exception ends. */
export function isTelling(fact: Fact): fact is Telling {
  return telling.some((type) => type === fact.type)
}

/** What the facts that end an exception tell the cards; `ended` follows. */
export function toldBy(fact: Telling): Last {
  switch (fact.type) {
    case 'refused':
    case 'not-extended':
      return { refusal: fact.refusal }
    case 'denied':
      return { stop: { by: fact.details.name, reason: fact.details.reason } }
    case 'used':
      return { wasUsed: true }
    case 'vanished':
    case 'voided':
      return { overBy: fact.type }
    case 'revoked': {
      const { wasUsed, sessionsRevoked, methodsAdded } = fact
      return { wasUsed, sessionsRevoked, methodsAdded }
    }
  }
}
