import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

/** How long each answer took, in milliseconds, counted from when it was due: a queue that builds up is part of it. */
export async function openLoop(
  perSecond: number,
  count: number,
  ask: (index: number) => Promise<void>,
): Promise<readonly number[]> {
  const began = performance.now()
  const asked: Promise<number>[] = []
  for (let index = 0; index < count; index += 1) {
    const due = began + (index * 1000) / perSecond
    const early = due - performance.now()
    if (early > 1) await sleep(early)
    asked.push(ask(index).then(() => performance.now() - due))
  }
  return Promise.all(asked)
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
