import { codeMessageKey, codeRemoved } from '../core/card/code-message.ts'
import { Fault } from '../core/fault.ts'
import type { CardPlace } from '../core/ports.ts'
import { mostTries } from './deliver.ts'
import type { Ports } from './ports.ts'

/** Whose messages with a code have to go: those of the attempts 1 to `upTo`. */
export type RemoveOrder = { readonly exceptionId: string; readonly upTo: number }

/**
 * Takes the messages with a code away, whatever became of the mint that sent them. Rejects as long as one may be there, to
 * be tried again for as long as it takes; what Slack refuses for good is given up as a card is, and operators hear of it.
 * `tries` counts from 1.
 */
export async function removeCode(ports: Ports, order: RemoveOrder, tries: number): Promise<void> {
  const { exceptionId, upTo } = order
  const attempts = Array.from({ length: upTo }, (_, index) => index + 1)
  await Promise.all(
    attempts.map(async (attempt) => {
      const place = await ports.cards.placeOf(exceptionId, codeMessageKey(attempt))
      if (place === undefined) return
      await takeAway(ports, place).catch((error: unknown) => {
        if (!isLasting(error) || tries < mostTries) throw error
        ports.warn('a code could not be taken out of Slack', { exceptionId, because: error.message })
      })
    }),
  )
}

async function takeAway(ports: Ports, place: CardPlace): Promise<void> {
  try {
    await ports.slack.remove(place)
  } catch (error) {
    if (!isLasting(error)) throw error
    // Some workspaces keep every message: then the code goes, and the message stays.
    const { text, blocks } = codeRemoved()
    await ports.slack.update(place, text, blocks)
  }
}

function isLasting(error: unknown): error is Fault {
  return error instanceof Fault && !error.passing
}
