/** Where a stand-in keeps its state over a restart: one JSON document. `load` answers undefined when there is none yet. */
export type StateStore = {
  readonly load: () => Promise<unknown>
  readonly save: (state: unknown) => Promise<void>
}

/** A store that lives as long as the process, for tests and throw-away stand-ins. It keeps JSON, as a database would. */
export const memoryStore = (): StateStore => {
  let saved: string | undefined
  return {
    load: async () => (saved === undefined ? undefined : JSON.parse(saved)),
    save: async (state) => {
      saved = JSON.stringify(state)
    },
  }
}

/**
 * Turns a save into a write-through one that coalesces: the promise settles once a save has ended that began after
 * the call, however many calls came in between. A failed save rejects for its callers only.
 */
export const coalesced = (save: () => Promise<void>): (() => Promise<void>) => {
  let last: Promise<void> = Promise.resolve()
  let waiting: Promise<void> | undefined
  const next = async (before: Promise<void>): Promise<void> => {
    await before.catch(() => undefined)
    waiting = undefined
    await save()
  }
  return () => {
    if (waiting === undefined) {
      waiting = next(last)
      last = waiting
    }
    return waiting
  }
}
