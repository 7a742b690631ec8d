import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { within } from '../../src/sandbox/deadline.ts'

describe('what may take so long', () => {
  it('answers, when it is in time', async () => {
    const never = new AbortController().signal
    expect(await within(1000, never, async () => 'done')).toBe('done')
  })

  it('is given up then, whatever was collected meanwhile', async () => {
    const collected = collecting()
    await expect(within(200, new AbortController().signal, untilAborted)).rejects.toThrow('too long')
    await collected
  })

  it('is given up at once when everything stops', async () => {
    const stopping = new AbortController()
    const work = within(60_000, stopping.signal, untilAborted)
    stopping.abort(new Error('Stopping.'))
    await expect(work).rejects.toThrow('Stopping.')
  })
})

/** As `fetch` does: what it waits for holds on to the signal, but to nothing that the signal was made of. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error))
  })
}

async function collecting(): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let round = 0; round < 10; round++) {
    await sleep(10)
    collect()
  }
}
