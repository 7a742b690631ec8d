import { setTimeout as sleep } from 'node:timers/promises'

import type { HttpAnswer, HttpRequest } from './http.ts'

type Misbehaviour =
  | {
      readonly do: 'status'
      readonly status: number
      readonly body?: unknown
      readonly headers?: Readonly<Record<string, string>>
    }
  | { readonly do: 'hang'; readonly ms: number }
  | { readonly do: 'nonsense'; readonly body: string }
  | { readonly do: 'drop' }

/**
 * A planned misbehaviour for the next matching request: instead of its effect (`before`), or after the effect but
 * instead of the answer (`after`). A hang only delays: the effect and the true answer still come.
 */
type Fault = Misbehaviour & {
  readonly match: (method: string, path: string) => boolean
  readonly when: 'before' | 'after'
}

/** The queue of planned faults; each is used once. */
export type Faults = {
  readonly plan: (fault: Fault) => void
  /** How many have not met their request yet. */
  readonly pending: () => number
}

/** Answers a request as the next matching fault says, or truly; `drop` asks to cut the connection. */
export type Misbehave = (
  request: HttpRequest,
  effect: () => Promise<HttpAnswer>,
) => Promise<HttpAnswer | 'drop'>

/** Makes an empty queue and what carries it out; hangs end when `closed` is aborted. */
export function createFaults(closed: AbortSignal): {
  readonly faults: Faults
  readonly misbehave: Misbehave
} {
  let planned: readonly Fault[] = []

  const take = ({ method, url }: HttpRequest): Fault | undefined => {
    const fault = planned.find(({ match }) => match(method, url.pathname))
    planned = planned.filter((other) => other !== fault)
    return fault
  }
  const carryOut = async (fault: Fault, truth: () => Promise<HttpAnswer>): Promise<HttpAnswer | 'drop'> => {
    switch (fault.do) {
      case 'status':
        return { status: fault.status, headers: fault.headers ?? {}, body: fault.body }
      case 'nonsense':
        return { status: 200, body: fault.body }
      case 'drop':
        return 'drop'
      case 'hang':
        await sleep(fault.ms, undefined, { signal: closed })
        return truth()
    }
  }
  return {
    faults: {
      plan: (fault) => {
        planned = [...planned, fault]
      },
      pending: () => planned.length,
    },
    misbehave: async (request, effect) => {
      const fault = take(request)
      if (fault === undefined) return effect()
      if (fault.when === 'before') return carryOut(fault, effect)
      const answer = await effect()
      return carryOut(fault, async () => answer)
    },
  }
}
