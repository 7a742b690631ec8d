import { describe, expect, it } from 'vitest'
import { mostTries } from '../../src/activities/deliver.ts'
import type { Ports } from '../../src/activities/ports.ts'
import { removeCode } from '../../src/activities/remove-code.ts'
import { Fault } from '../../src/core/fault.ts'

const order = { exceptionId: 'e', upTo: 2 }

/** Slack with one message of each of three attempts. */
function world({ remove, update }: { readonly remove?: Fault; readonly update?: Fault } = {}) {
  const done: string[] = []
  const ports = {
    cards: {
      placeOf: async (id: string, key: string) =>
        id === 'e' && /^code\/[123]$/.test(key) ? { channel: 'D1', ts: key } : undefined,
    },
    slack: {
      remove: async ({ ts }: { ts: string }) => {
        if (remove !== undefined) throw remove
        done.push(`removed ${ts}`)
      },
      update: async ({ ts }: { ts: string }, text: string) => {
        if (update !== undefined) throw update
        done.push(`${ts}: ${text}`)
      },
    },
    warn: (what: string) => done.push(what),
  } as unknown as Ports
  return { ports, done }
}

const down = new Fault('slack', 'unavailable', '503')
const keeps = new Fault('slack', 'refused', 'compliance_exports_prevent_deletion')
const gone = new Fault('slack', 'missing', 'message_not_found')

describe('taking messages with codes away', () => {
  it('takes those of the attempts so far, and no later one', async () => {
    const { ports, done } = world()
    await removeCode(ports, order, 1)
    expect(done).toEqual(['removed code/1', 'removed code/2'])
  })

  it('does nothing where none was sent', async () => {
    const { ports, done } = world()
    await removeCode(ports, { exceptionId: 'another', upTo: 3 }, 1)
    expect(done).toEqual([])
  })

  it('is not done as long as Slack does not answer, however often it was tried', async () => {
    const { ports, done } = world({ remove: down })
    await expect(removeCode(ports, order, 1000)).rejects.toBe(down)
    expect(done).toEqual([])
  })

  it('takes the code out of the message where Slack keeps every message', async () => {
    const { ports, done } = world({ remove: keeps })
    await removeCode(ports, { ...order, upTo: 1 }, 1)
    expect(done).toEqual([
      'code/1: The code that was here was taken out. Your card above says where it stands.',
    ])
  })

  it('is tried again while somebody may still mend it, then operators hear of it', async () => {
    const { ports, done } = world({ remove: keeps, update: gone })
    await expect(removeCode(ports, { ...order, upTo: 1 }, mostTries - 1)).rejects.toBe(gone)
    await removeCode(ports, { ...order, upTo: 1 }, mostTries)
    expect(done).toEqual(['a code could not be taken out of Slack'])
  })
})
