/**
 * Does something that may take so many milliseconds: its signal is aborted then with a TimeoutError, or when `stopping` is.
 * `AbortSignal.any` with `AbortSignal.timeout` would not do: Node 20 forgets that timeout at the next garbage collection.
 */
export async function within<Value>(
  milliseconds: number,
  stopping: AbortSignal,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const late = new AbortController()
  const tooLate = (): void => late.abort(new DOMException('It took too long.', 'TimeoutError'))
  const timer = setTimeout(tooLate, milliseconds)
  try {
    return await work(AbortSignal.any([stopping, late.signal]))
  } finally {
    clearTimeout(timer)
  }
}
