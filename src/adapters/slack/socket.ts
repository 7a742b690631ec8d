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

const usualPauses = [0, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000]

/** A token that was good a moment ago and is refused once may be good again. */
const usualRefusals = 3

/** An ended connection is still there for answers that are on their way; milliseconds. */
const answersWithin = 3_000

/**
 * Slack over a socket. Slack ends every connection after some hours: the next one is opened first. When none can be had for
 * some minutes, or Slack refuses us again and again, the socket is lost for good.
 */
export function createSlackSocket(options: SocketOptions): SlackSocket {
  const { pauses = usualPauses, refusals = usualRefusals, warn } = options
  const lines = new Set<SocketLine>()
  const closing = new AbortController()
  let lose: (fault: Fault) => void = () => undefined
  const lost = new Promise<never>((_, reject) => (lose = reject))
  // Whoever waits for it hears of it; nobody has to.
  lost.catch(() => undefined)

  async function follow(hear: LineOptions['hear']): Promise<void> {
    const line = new SocketLine({ ...options, hear })
    await line.open()
    lines.add(line)
    void line.ending.then(() => replace(line, hear))
  }

  async function replace(line: SocketLine, hear: LineOptions['hear']): Promise<void> {
    if (closing.signal.aborted) return
    const fault = await tryAgain(() => follow(hear))
    if (fault !== undefined && !closing.signal.aborted) lose(fault)
    await sleep(answersWithin, undefined, { signal: closing.signal, ref: false }).catch(() => undefined)
    lines.delete(line)
    await line.end()
  }

  /** Undefined when it succeeded, or need not any more. */
  async function tryAgain(work: () => Promise<void>): Promise<Fault | undefined> {
    let last: Fault | undefined
    let refused = 0
    for (const pause of pauses) {
      if (last !== undefined) warn(`Slack gives no new connection yet (${last.code}: ${last.status})`)
      await sleep(Math.max(pause, (last?.retryAfter ?? 0) * 1000), undefined, closing).catch(() => undefined)
      if (closing.signal.aborted) return undefined
      last = await faultOf(work)
      if (last === undefined) return undefined
      refused += last.code === 'refused' ? 1 : 0
      if (refused >= refusals) return last
    }
    return last
  }

  return {
    open: follow,
    isOpen: () => [...lines].some((line) => line.isOpen()),
    lost,
    async close() {
      closing.abort()
      const ends = Promise.all([...lines].map((line) => line.end()))
      await Promise.race([ends, sleep(answersWithin, undefined, { ref: false })])
    },
  }
}

async function faultOf(work: () => Promise<void>): Promise<Fault | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    return error instanceof Fault ? error : new Fault('slack', 'unavailable', 'no-answer')
  }
}
