import { setTimeout as sleep } from 'node:timers/promises'
import type { Child, Launch, Program } from './child.ts'
import { within } from './deadline.ts'

export type Serving = { readonly stop: () => Promise<void> }

export type ServeOptions = {
  readonly launch: Launch
  readonly program: Program
  /** Answers 200 once the program takes requests. */
  readonly healthUrl: string
  /** Hears each change in one sentence. */
  readonly says: (state: 'running' | 'done' | 'failed', sentence: string) => void
}

const firstDelay = 1000
const longestDelay = 30_000
/** A program that has lived this long did not fail at its start: the next delay is short again. */
const longLife = 60_000
const answerWithin = 2000

/** Keeps the program running: starts it again, with growing delays in milliseconds, whenever it ends by itself. */
export function keepServing(options: ServeOptions): Serving {
  const stopping = new AbortController()
  let child: Child | undefined
  const ended = loop().catch((error: unknown) => options.says('failed', String(error)))
  return {
    async stop() {
      stopping.abort()
      await child?.stop()
      await ended
    },
  }

  async function loop(): Promise<void> {
    let delay = firstDelay
    while (!stopping.signal.aborted) {
      const began = Date.now()
      options.says('running', 'Starting.')
      child = await options.launch(options.program)
      if (await answers(options.healthUrl, child, stopping.signal)) options.says('done', 'Running.')
      const how = await child.ended
      if (stopping.signal.aborted) return
      if (Date.now() - began > longLife) delay = firstDelay
      options.says(
        'failed',
        `It ${how} and starts again in ${delay / 1000} s: see ${options.program.logFile}.`,
      )
      await sleep(delay, undefined, { signal: stopping.signal }).catch(() => undefined)
      delay = Math.min(delay * 2, longestDelay)
    }
  }
}

async function answers(url: string, child: Child, stopping: AbortSignal): Promise<boolean> {
  while (child.running() && !stopping.aborted) {
    const answer = await within(answerWithin, stopping, (signal) => fetch(url, { signal })).catch(
      () => undefined,
    )
    if (answer?.ok) return true
    await sleep(100, undefined, { signal: stopping }).catch(() => undefined)
  }
  return false
}
