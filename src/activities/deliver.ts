import type { Card } from '../core/card/card.ts'
import { Fault } from '../core/fault.ts'
import type { CardPlace } from '../core/ports.ts'
import type { Ports } from './ports.ts'

/** A card and where it belongs. The key finds it again: the same key is updated, never posted twice. */
export type Delivery = {
  readonly key: string
  readonly to: string
  readonly card: Card
  /** Something newer took its place: it is changed where it was posted, and otherwise not sent. */
  readonly superseded?: boolean
  /** The key of the card that this stands under, in its thread. */
  readonly under?: string
}

/** With the workflows' pauses between tries this is half an hour; then the ledger must not wait any longer. */
export const mostTries = 65

/**
 * Delivers each card; one that can't be delivered until somebody mends something does not hold up the others. `tries`
 * counts from 1.
 */
export async function deliverAll(
  ports: Ports,
  exceptionId: string,
  deliveries: readonly Delivery[],
  tries: number,
): Promise<void> {
  const results = await Promise.allSettled(
    deliveries.map((delivery) => deliver(ports, exceptionId, delivery)),
  )
  for (const result of results) {
    if (result.status === 'fulfilled') continue
    const failure: unknown = result.reason
    const mayPass = !(failure instanceof Fault) || failure.passing
    if (mayPass && tries < mostTries) throw failure
    ports.warn('card not delivered', {
      exceptionId,
      because: failure instanceof Fault ? failure.message : 'unexpected',
    })
  }
}

async function deliver(ports: Ports, exceptionId: string, delivery: Delivery): Promise<void> {
  const { key, card, superseded = false } = delivery
  const place = await ports.cards.placeOf(exceptionId, key)
  if (place !== undefined) return ports.slack.update(place, card.text, card.blocks)
  if (!superseded) await ports.cards.remember(exceptionId, key, await post(ports, exceptionId, delivery))
  return undefined
}

async function post(ports: Ports, exceptionId: string, { to, card, under }: Delivery): Promise<CardPlace> {
  const above = under === undefined ? undefined : await ports.cards.placeOf(exceptionId, under)
  return above === undefined
    ? ports.slack.post(to, card.text, card.blocks)
    : ports.slack.reply(above, card.text, card.blocks)
}
