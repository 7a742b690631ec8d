import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '../../core/fault.ts'
import type { SlackSocket } from '../../core/slack-socket.ts'
import { SocketLine, type LineOptions } from './socket-line.ts'

export type SocketOptions = Omit<LineOptions, 'hear'> & {
  readonly warn: (what: string) => void
  /** How long to wait before each try for another connection; milliseconds. Default: two minutes in all. */
  readonly pauses?: readonly number[]
  /** How often Slack may refuse us meanwhile. */
  readonly refusals?: number
}

const usual = {
  pauses: [0, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000],
  // A token that was good a moment ago and is refused once may be good again.
  refusals: 3,
}

/** An ended connection is still there for answers that are on their way; milliseconds. */
const answersWithin = 3_000

/**
 * Slack over a socket. Slack ends every connection after some hours: the next one is opened first. When none can be had for
 * some minutes, or Slack refuses us again and again, the socket is lost for good.
 */
export function createSlackSocket(options: SocketOptions): SlackSocket {
  const lines = new Set<SocketLine>()
  const closing = new AbortController()
  const end = settler()

  async function follow(hear: LineOptions['hear']): Promise<void> {
    const line = new SocketLine({ ...options, hear })
    await line.open()
    lines.add(line)
    void line.ending.then(() => replace(line, hear))
  }

  async function replace(line: SocketLine, hear: LineOptions['hear']): Promise<void> {
    if (closing.signal.aborted) return
    const fault = await tryAgain(() => follow(hear), options, closing.signal)
    if (fault !== undefined) end.settle(fault)
    await sleep(answersWithin, undefined, { signal: closing.signal, ref: false }).catch(() => undefined)
    lines.delete(line)
    await line.end()
  }

  return {
    open: follow,
    isOpen: () => [...lines].some((line) => line.isOpen()),
    lost: end.rejected,
    async close() {
      closing.abort()
      const ends = Promise.all([...lines].map((line) => line.end()))
      await Promise.race([ends, sleep(answersWithin, undefined, { ref: false })])
    },
  }
}

/** Undefined when it succeeded, or need not any more; else the last Fault. */
async function tryAgain(
  work: () => Promise<void>,
  options: SocketOptions,
  signal: AbortSignal,
): Promise<Fault | undefined> {
  const { pauses, refusals, warn } = { ...usual, ...options }
  let last: Fault | undefined
  let refused = 0
  for (const pause of pauses) {
    if (last !== undefined) warn(`Slack gives no new connection yet (${last.code}: ${last.status})`)
    await sleep(Math.max(pause, waitFor(last)), undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return undefined
    last = await faultOf(work)
    if (last === undefined || signal.aborted) return undefined
    refused += last.code === 'refused' ? 1 : 0
    if (refused >= refusals) return last
  }
  return last
}

/** What Slack itself asks us to wait; milliseconds. */
function waitFor(fault: Fault | undefined): number {
  return (fault?.retryAfter ?? 0) * 1000
}

/** A promise that rejects when somebody says so. Whoever waits for it hears of it; nobody has to. */
function settler(): { readonly rejected: Promise<never>; readonly settle: (fault: Fault) => void } {
  const settlers: ((fault: Fault) => void)[] = []
  const rejected = new Promise<never>((_, reject) => settlers.push(reject))
  rejected.catch(() => undefined)
  return { rejected, settle: (fault) => settlers.forEach((settle) => settle(fault)) }
}

async function faultOf(work: () => Promise<void>): Promise<Fault | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    return error instanceof Fault ? error : new Fault('slack', 'unavailable', 'no-answer')
  }
}
