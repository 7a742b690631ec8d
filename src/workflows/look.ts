import { CancellationScope, isCancellation } from '@temporalio/workflow'

/** A look that goes on beside everything else: what it found, as soon as it does, and a way to end it. */
export type Look<Found> = { readonly found: () => Found | undefined; readonly stop: () => void }

/** One activity that looks again and again, whose retries leave no events. `lost` says what it means when it gives up. */
export function lookFor<Found>(
  look: () => Promise<Found>,
  lost: (error: unknown) => Found = rethrow,
): Look<Found> {
  let found: Found | undefined
  const scope = new CancellationScope({ cancellable: true })
  scope.run(look).then(
    (seen) => (found = seen),
    (error: unknown) => {
      if (!isCancellation(error)) found = lost(error)
    },
  )
  return { found: () => found, stop: () => scope.cancel() }
}

function rethrow(error: unknown): never {
  throw error
}
