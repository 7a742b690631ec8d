/** Stops when whoever runs this process asks for it. */
export function stopOnSignal(stop: () => void): void {
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}
