import type { Card } from '../core/card/card.ts'
import { Fault } from '../core/fault.ts'
import type { Ports } from './ports.ts'

/** A card and where it belongs. The key finds it again: the same key is updated, never posted twice. */
export type Delivery = {
  readonly key: string
  readonly to: string
  readonly card: Card
  /** Something newer took its place: it is changed where it was posted, and otherwise not sent. */
  readonly superseded?: boolean
}

/** Delivers each card; one that can't be delivered until somebody mends something does not hold up the others. */
export async function deliverAll(
  ports: Ports,
  exceptionId: string,
  deliveries: readonly Delivery[],
): Promise<void> {
  const results = await Promise.allSettled(
    deliveries.map((delivery) => deliver(ports, exceptionId, delivery)),
  )
  for (const result of results) {
    if (result.status === 'fulfilled') continue
    const failure: unknown = result.reason
    if (!(failure instanceof Fault) || failure.passing) throw failure
    ports.warn('card not delivered', { exceptionId, because: failure.message })
  }
}

async function deliver(ports: Ports, exceptionId: string, delivery: Delivery): Promise<void> {
  const { key, to, card, superseded = false } = delivery
  const place = await ports.cards.placeOf(exceptionId, key)
  if (place !== undefined) return ports.slack.update(place, card.text, card.blocks)
  if (!superseded)
    await ports.cards.remember(exceptionId, key, await ports.slack.post(to, card.text, card.blocks))
  return undefined
}
